/// Pools, clients, users, groups, sign-up, attributes: what surrounds signing in.
let managementOperations: [any PoolOperation.Type] =
  poolOperations + clientOperations + userOperations + groupOperations + factorOperations
  + accountOperations + resourceOperations + brandingOperations + identityOperations

private let poolOperations: [any PoolOperation.Type] = [
  CreateUserPool.self, DescribeUserPool.self, UpdateUserPool.self, DeleteUserPool.self, ListUserPools.self,
  AddCustomAttributes.self, GetCSVHeader.self, GetLogDeliveryConfiguration.self, SetLogDeliveryConfiguration.self,
]

private let clientOperations: [any PoolOperation.Type] = [
  CreateUserPoolClient.self, DescribeUserPoolClient.self, UpdateUserPoolClient.self, DeleteUserPoolClient.self,
  ListUserPoolClients.self, AddUserPoolClientSecret.self, ListUserPoolClientSecrets.self,
  DeleteUserPoolClientSecret.self,
]

private let userOperations: [any PoolOperation.Type] = [
  AdminCreateUser.self, AdminSetUserPassword.self, AdminGetUser.self, AdminDeleteUser.self, AdminEnableUser.self,
  AdminDisableUser.self, AdminResetUserPassword.self, AdminUpdateUserAttributes.self, AdminDeleteUserAttributes.self,
  AdminConfirmSignUp.self, ListUsers.self,
]

private let groupOperations: [any PoolOperation.Type] = [
  CreateGroup.self, GetGroup.self, UpdateGroup.self, DeleteGroup.self, ListGroups.self, AdminAddUserToGroup.self,
  AdminRemoveUserFromGroup.self, AdminListGroupsForUser.self, ListUsersInGroup.self,
]

private let factorOperations: [any PoolOperation.Type] = [
  AdminSetUserMFAPreference.self, SetUserMFAPreference.self, SetUserPoolMfaConfig.self, GetUserPoolMfaConfig.self,
  GetUserAuthFactors.self, AdminGetUserAuthFactors.self, AdminDeleteSoftwareToken.self, SetUserSettings.self,
  AdminSetUserSettings.self, UpdateAuthEventFeedback.self, AdminUpdateAuthEventFeedback.self,
  AdminListUserAuthEvents.self, SetRiskConfiguration.self, DescribeRiskConfiguration.self,
]

private let accountOperations: [any PoolOperation.Type] = [
  SignUp.self, ConfirmSignUp.self, ResendConfirmationCode.self, ForgotPassword.self, ConfirmForgotPassword.self,
  UpdateUserAttributes.self, DeleteUserAttributes.self, GetUserAttributeVerificationCode.self,
  VerifyUserAttribute.self, DeleteUser.self,
]

private let resourceOperations: [any PoolOperation.Type] = [
  CreateIdentityProvider.self, DescribeIdentityProvider.self, GetIdentityProviderByIdentifier.self,
  UpdateIdentityProvider.self, DeleteIdentityProvider.self, ListIdentityProviders.self, CreateResourceServer.self,
  DescribeResourceServer.self, UpdateResourceServer.self, DeleteResourceServer.self, ListResourceServers.self,
  TagResource.self, UntagResource.self, ListTagsForResource.self, CreateUserPoolDomain.self,
  DescribeUserPoolDomain.self, UpdateUserPoolDomain.self, DeleteUserPoolDomain.self, AdminLinkProviderForUser.self,
  AdminDisableProviderForUser.self, GetProvisionedLimit.self, UpdateProvisionedLimit.self,
]

private let brandingOperations: [any PoolOperation.Type] = [
  CreateTerms.self, DescribeTerms.self, DescribeTermsByClient.self, UpdateTerms.self, ListTerms.self, DeleteTerms.self,
  CreateManagedLoginBranding.self, DescribeManagedLoginBranding.self, DescribeManagedLoginBrandingByClient.self,
  UpdateManagedLoginBranding.self, DeleteManagedLoginBranding.self, GetUICustomization.self, SetUICustomization.self,
]

/// Amazon Cognito Identity's, under a target prefix of their own.
private let identityOperations: [any PoolOperation.Type] = [GetId.self, GetCredentialsForIdentity.self]
