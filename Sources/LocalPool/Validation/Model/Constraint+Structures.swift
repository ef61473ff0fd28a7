// Written by scripts/pool-model from Amazon's service model; don't edit.

/// The model's structures, lists and maps.
extension Constraint {
  static let accountRecoverySettingType: Constraint = .structure([
    .optional("RecoveryMechanisms", .recoveryMechanismsType)
  ])
  static let accountTakeoverActionType: Constraint = .structure([
    .required("Notify", .accountTakeoverActionNotifyType), .required("EventAction", .accountTakeoverEventActionType),
  ])
  static let accountTakeoverActionsType: Constraint = .structure([
    .optional("LowAction", .accountTakeoverActionType), .optional("MediumAction", .accountTakeoverActionType),
    .optional("HighAction", .accountTakeoverActionType),
  ])
  static let accountTakeoverRiskConfigurationType: Constraint = .structure([
    .optional("NotifyConfiguration", .notifyConfigurationType), .required("Actions", .accountTakeoverActionsType),
  ])
  static let acrConfigurationType: Constraint = .map(.acrLevelKeyType, .acrLevelConfigType, 0...4, isSensitive: false)
  static let acrLevelConfigType: Constraint = .structure([.required("AcrValue", .acrValueType)])
  static let acrMappingType: Constraint = .map(.acrMappingKeyType, .acrValueType, 0...4, isSensitive: false)
  static let addCustomAttributesRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("CustomAttributes", .customAttributesListType),
  ])
  static let addUserPoolClientSecretRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .optional("ClientSecret", .clientSecretType),
  ])
  static let adminAddUserToGroupRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .required("GroupName", .groupNameType),
  ])
  static let adminConfirmSignUpRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .optional("ClientMetadata", .clientMetadataType),
  ])
  static let adminCreateUserConfigType: Constraint = .structure([
    .optional("AllowAdminCreateUserOnly", .booleanType),
    .optional("UnusedAccountValidityDays", .adminCreateUserUnusedAccountValidityDaysType),
    .optional("InviteMessageTemplate", .messageTemplateType),
  ])
  static let adminCreateUserRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .optional("UserAttributes", .attributeListType), .optional("ValidationData", .attributeListType),
    .optional("TemporaryPassword", .passwordType), .optional("ForceAliasCreation", .forceAliasCreation),
    .optional("MessageAction", .messageActionType), .optional("DesiredDeliveryMediums", .deliveryMediumListType),
    .optional("ClientMetadata", .clientMetadataType),
  ])
  static let adminDeleteSoftwareTokenRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
  ])
  static let adminDeleteUserAttributesRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .required("UserAttributeNames", .attributeNameListType),
  ])
  static let adminDeleteUserRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
  ])
  static let adminDisableProviderForUserRequest: Constraint = .structure([
    .required("UserPoolId", .stringType), .required("User", .providerUserIdentifierType),
  ])
  static let adminDisableUserRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
  ])
  static let adminEnableUserRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
  ])
  static let adminForgetDeviceRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .required("DeviceKey", .deviceKeyType),
  ])
  static let adminGetDeviceRequest: Constraint = .structure([
    .required("DeviceKey", .deviceKeyType), .required("UserPoolId", .userPoolIdType),
    .required("Username", .usernameType),
  ])
  static let adminGetUserAuthFactorsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
  ])
  static let adminGetUserRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
  ])
  static let adminInitiateAuthRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .required("AuthFlow", .authFlowType), .optional("AuthParameters", .authParametersType),
    .optional("ClientMetadata", .clientMetadataType), .optional("AnalyticsMetadata", .analyticsMetadataType),
    .optional("ContextData", .contextDataType), .optional("Session", .sessionType),
  ])
  static let adminLinkProviderForUserRequest: Constraint = .structure([
    .required("UserPoolId", .stringType), .required("DestinationUser", .providerUserIdentifierType),
    .required("SourceUser", .providerUserIdentifierType),
  ])
  static let adminListDevicesRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType), .optional("Limit", .queryLimitType),
    .optional("PaginationToken", .searchPaginationTokenType),
  ])
  static let adminListGroupsForUserRequest: Constraint = .structure([
    .required("Username", .usernameType), .required("UserPoolId", .userPoolIdType), .optional("Limit", .queryLimitType),
    .optional("NextToken", .paginationKey),
  ])
  static let adminListUserAuthEventsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .optional("MaxResults", .queryLimitType), .optional("NextToken", .paginationKey),
  ])
  static let adminListUserSessionsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .optional("NextToken", .paginationKey),
  ])
  static let adminRemoveUserFromGroupRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .required("GroupName", .groupNameType),
  ])
  static let adminResetUserPasswordRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .optional("ClientMetadata", .clientMetadataType),
  ])
  static let adminRespondToAuthChallengeRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .required("ChallengeName", .challengeNameType), .optional("ChallengeResponses", .challengeResponsesType),
    .optional("Session", .sessionType), .optional("AnalyticsMetadata", .analyticsMetadataType),
    .optional("ContextData", .contextDataType), .optional("ClientMetadata", .clientMetadataType),
  ])
  static let adminRevokeUserSessionRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .required("SessionId", .sessionIdType), .optional("RevokeAssociatedSessions", .revokeAssociatedSessionsType),
  ])
  static let adminSetUserMFAPreferenceRequest: Constraint = .structure([
    .optional("SMSMfaSettings", .smsMfaSettingsType),
    .optional("SoftwareTokenMfaSettings", .softwareTokenMfaSettingsType),
    .optional("EmailMfaSettings", .emailMfaSettingsType), .optional("WebAuthnMfaSettings", .webAuthnMfaSettingsType),
    .required("Username", .usernameType), .required("UserPoolId", .userPoolIdType),
  ])
  static let adminSetUserPasswordRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .required("Password", .passwordType), .optional("Permanent", .booleanType),
  ])
  static let adminSetUserSettingsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .required("MFAOptions", .mfaOptionListType),
  ])
  static let adminUpdateAuthEventFeedbackRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType), .required("EventId", .eventIdType),
    .required("FeedbackValue", .feedbackValueType),
  ])
  static let adminUpdateDeviceStatusRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .required("DeviceKey", .deviceKeyType), .optional("DeviceRememberedStatus", .deviceRememberedStatusType),
  ])
  static let adminUpdateUserAttributesRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
    .required("UserAttributes", .attributeListType), .optional("ClientMetadata", .clientMetadataType),
  ])
  static let adminUserGlobalSignOutRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType),
  ])
  static let advancedSecurityAdditionalFlowsType: Constraint = .structure([
    .optional("CustomAuthMode", .advancedSecurityEnabledModeType)
  ])
  static let aliasAttributesListType: Constraint = .list(.aliasAttributeType, 0...Int.max)
  static let allowedFirstAuthFactorsListType: Constraint = .list(.authFactorType, 1...5)
  static let analyticsConfigurationType: Constraint = .structure([
    .optional("ApplicationId", .hexStringType), .optional("ApplicationArn", .arnType), .optional("RoleArn", .arnType),
    .optional("ExternalId", .stringType), .optional("UserDataShared", .booleanType),
  ])
  static let analyticsMetadataType: Constraint = .structure([.optional("AnalyticsEndpointId", .stringType)])
  static let assetListType: Constraint = .list(.assetType, 0...40)
  static let assetType: Constraint = .structure([
    .required("Category", .assetCategoryType), .required("ColorMode", .colorSchemeModeType),
    .required("Extension", .assetExtensionType), .optional("Bytes", .assetBytesType),
    .optional("ResourceId", .resourceIdType),
  ])
  static let associateSoftwareTokenRequest: Constraint = .structure([
    .optional("AccessToken", .tokenModelType), .optional("Session", .sessionType),
  ])
  static let attributeListType: Constraint = .list(.attributeType, 0...Int.max)
  static let attributeMappingType: Constraint = .map(
    .attributeMappingKeyType, .stringType, 0...Int.max, isSensitive: false)
  static let attributeNameListType: Constraint = .list(.attributeNameType, 0...Int.max)
  static let attributeType: Constraint = .structure([
    .required("Name", .attributeNameType), .optional("Value", .attributeValueType),
  ])
  static let attributesRequireVerificationBeforeUpdateType: Constraint = .list(.verifiedAttributeType, 0...Int.max)
  static let audienceListType: Constraint = .list(.audienceType, 0...1)
  static let authParametersType: Constraint = .map(.stringType, .stringType, 0...Int.max, isSensitive: true)
  static let blockedIPRangeListType: Constraint = .list(.stringType, 0...200)
  static let callbackURLsListType: Constraint = .list(.redirectUrlType, 0...100)
  static let cancelPointInTimeRecoveryRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("RestoreId", .restoreIdType),
  ])
  static let challengeResponsesType: Constraint = .map(.stringType, .stringType, 0...Int.max, isSensitive: true)
  static let changePasswordRequest: Constraint = .structure([
    .optional("PreviousPassword", .passwordType), .required("ProposedPassword", .passwordType),
    .required("AccessToken", .tokenModelType),
  ])
  static let clientMetadataType: Constraint = .map(.stringType, .stringType, 0...Int.max, isSensitive: false)
  static let clientPermissionListType: Constraint = .list(.clientPermissionType, 0...Int.max)
  static let clientSSOSessionConfigType: Constraint = .structure([
    .required("MaxValidityMinutes", .ssoSessionMaxValidityMinutesType)
  ])
  static let cloudWatchLogsConfigurationType: Constraint = .structure([.optional("LogGroupArn", .arnType)])
  static let completeWebAuthnRegistrationRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .required("Credential", .document),
  ])
  static let compromisedCredentialsActionsType: Constraint = .structure([
    .required("EventAction", .compromisedCredentialsEventActionType)
  ])
  static let compromisedCredentialsRiskConfigurationType: Constraint = .structure([
    .optional("EventFilter", .eventFiltersType), .required("Actions", .compromisedCredentialsActionsType),
  ])
  static let confirmDeviceRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .required("DeviceKey", .deviceKeyType),
    .optional("DeviceSecretVerifierConfig", .deviceSecretVerifierConfigType), .optional("DeviceName", .deviceNameType),
  ])
  static let confirmForgotPasswordRequest: Constraint = .structure([
    .required("ClientId", .clientIdType), .optional("SecretHash", .secretHashType),
    .required("Username", .usernameType), .required("ConfirmationCode", .confirmationCodeType),
    .required("Password", .passwordType), .optional("AnalyticsMetadata", .analyticsMetadataType),
    .optional("UserContextData", .userContextDataType), .optional("ClientMetadata", .clientMetadataType),
  ])
  static let confirmSignUpRequest: Constraint = .structure([
    .required("ClientId", .clientIdType), .optional("SecretHash", .secretHashType),
    .required("Username", .usernameType), .required("ConfirmationCode", .confirmationCodeType),
    .optional("ForceAliasCreation", .forceAliasCreation), .optional("AnalyticsMetadata", .analyticsMetadataType),
    .optional("UserContextData", .userContextDataType), .optional("ClientMetadata", .clientMetadataType),
    .optional("Session", .sessionType),
  ])
  static let contextDataType: Constraint = .structure([
    .required("IpAddress", .stringType), .required("ServerName", .stringType), .required("ServerPath", .stringType),
    .required("HttpHeaders", .httpHeaderList), .optional("EncodedData", .stringType),
  ])
  static let createCIMDPolicyRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .required("PolicyName", .cimdPolicyNameType), .optional("CacheDuration", .cacheDurationType),
    .required("URLPatterns", .urlPatternListType),
  ])
  static let createGroupRequest: Constraint = .structure([
    .required("GroupName", .groupNameType), .required("UserPoolId", .userPoolIdType),
    .optional("Description", .descriptionType), .optional("RoleArn", .arnType),
    .optional("Precedence", .precedenceType),
  ])
  static let createIdentityProviderRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ProviderName", .providerNameTypeV2),
    .required("ProviderType", .identityProviderTypeType), .required("ProviderDetails", .providerDetailsType),
    .optional("AttributeMapping", .attributeMappingType), .optional("IdpIdentifiers", .idpIdentifiersListType),
    .optional("AcrMapping", .acrMappingType),
  ])
  static let createManagedLoginBrandingRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .optional("UseCognitoProvidedValues", .booleanType), .optional("Settings", .document),
    .optional("Assets", .assetListType),
  ])
  static let createResourceServerRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Identifier", .resourceServerIdentifierType),
    .required("Name", .resourceServerNameType), .optional("Scopes", .resourceServerScopeListType),
  ])
  static let createTermsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .required("TermsName", .termsNameType), .required("TermsSource", .termsSourceType),
    .required("Enforcement", .termsEnforcementType), .optional("Links", .linksType),
  ])
  static let createUserImportJobRequest: Constraint = .structure([
    .required("JobName", .userImportJobNameType), .required("UserPoolId", .userPoolIdType),
    .required("CloudWatchLogsRoleArn", .arnType), .optional("PasswordHashingAlgorithm", .passwordHashingAlgorithmType),
  ])
  static let createUserPoolClientRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientName", .clientNameType),
    .optional("GenerateSecret", .generateSecret), .optional("ClientSecret", .clientSecretType),
    .optional("RefreshTokenValidity", .refreshTokenValidityType),
    .optional("AccessTokenValidity", .accessTokenValidityType), .optional("IdTokenValidity", .idTokenValidityType),
    .optional("TokenValidityUnits", .tokenValidityUnitsType), .optional("ReadAttributes", .clientPermissionListType),
    .optional("WriteAttributes", .clientPermissionListType), .optional("ExplicitAuthFlows", .explicitAuthFlowsListType),
    .optional("SupportedIdentityProviders", .supportedIdentityProvidersListType),
    .optional("CallbackURLs", .callbackURLsListType), .optional("LogoutURLs", .logoutURLsListType),
    .optional("DefaultRedirectURI", .redirectUrlType), .optional("AllowedOAuthFlows", .oAuthFlowsType),
    .optional("AllowedOAuthScopes", .scopeListType), .optional("AllowedOAuthFlowsUserPoolClient", .booleanType),
    .optional("AnalyticsConfiguration", .analyticsConfigurationType),
    .optional("PreventUserExistenceErrors", .preventUserExistenceErrorTypes),
    .optional("EnableTokenRevocation", .wrappedBooleanType),
    .optional("EnablePropagateAdditionalUserContextData", .wrappedBooleanType),
    .optional("AuthSessionValidity", .authSessionValidityType),
    .optional("RefreshTokenRotation", .refreshTokenRotationType),
    .optional("PublishSecretsInAWSSecretsManager", .wrappedBooleanType),
  ])
  static let createUserPoolDomainRequest: Constraint = .structure([
    .required("Domain", .domainType), .required("UserPoolId", .userPoolIdType),
    .optional("ManagedLoginVersion", .wrappedIntegerType), .optional("CustomDomainConfig", .customDomainConfigType),
    .optional("Routing", .routingType),
  ])
  static let createUserPoolReplicaRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("RegionName", .regionNameType),
    .optional("UserPoolTags", .userPoolTagsType),
  ])
  static let createUserPoolRequest: Constraint = .structure([
    .required("PoolName", .userPoolNameType), .optional("Policies", .userPoolPolicyType),
    .optional("DeletionProtection", .deletionProtectionType), .optional("LambdaConfig", .lambdaConfigType),
    .optional("AutoVerifiedAttributes", .verifiedAttributesListType),
    .optional("AliasAttributes", .aliasAttributesListType),
    .optional("UsernameAttributes", .usernameAttributesListType),
    .optional("SmsVerificationMessage", .smsVerificationMessageType),
    .optional("EmailVerificationMessage", .emailVerificationMessageType),
    .optional("EmailVerificationSubject", .emailVerificationSubjectType),
    .optional("VerificationMessageTemplate", .verificationMessageTemplateType),
    .optional("SmsAuthenticationMessage", .smsVerificationMessageType), .optional("MfaConfiguration", .userPoolMfaType),
    .optional("UserAttributeUpdateSettings", .userAttributeUpdateSettingsType),
    .optional("DeviceConfiguration", .deviceConfigurationType),
    .optional("EmailConfiguration", .emailConfigurationType), .optional("SmsConfiguration", .smsConfigurationType),
    .optional("UserPoolTags", .userPoolTagsType), .optional("AdminCreateUserConfig", .adminCreateUserConfigType),
    .optional("Schema", .schemaAttributesListType), .optional("UserPoolAddOns", .userPoolAddOnsType),
    .optional("DcrConfiguration", .dcrConfigurationType),
    .optional("UsernameConfiguration", .usernameConfigurationType),
    .optional("AccountRecoverySetting", .accountRecoverySettingType), .optional("UserPoolTier", .userPoolTierType),
    .optional("KeyConfiguration", .keyConfigurationType), .optional("IssuerConfiguration", .issuerConfigurationType),
    .optional("AcrConfiguration", .acrConfigurationType),
  ])
  static let customAttributesListType: Constraint = .list(.schemaAttributeType, 1...25)
  static let customDomainConfigType: Constraint = .structure([
    .required("CertificateArn", .arnType), .optional("SecurityPolicy", .securityPolicyType),
  ])
  static let customEmailLambdaVersionConfigType: Constraint = .structure([
    .required("LambdaVersion", .customEmailSenderLambdaVersionType), .required("LambdaArn", .arnType),
  ])
  static let customSMSLambdaVersionConfigType: Constraint = .structure([
    .required("LambdaVersion", .customSMSSenderLambdaVersionType), .required("LambdaArn", .arnType),
  ])
  static let dcrConfigurationType: Constraint = .structure([
    .optional("EnableStatus", .statusType), .optional("OpenDcrEnabled", .booleanType),
    .optional("AuthenticatedGrantTypes", .oAuthFlowsType), .optional("OpenDcrGrantTypes", .oAuthFlowsType),
    .optional("AllowedScopes", .scopeListType),
  ])
  static let deleteCIMDPolicyRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("CIMDPolicyId", .cimdPolicyIdType),
  ])
  static let deleteGroupRequest: Constraint = .structure([
    .required("GroupName", .groupNameType), .required("UserPoolId", .userPoolIdType),
  ])
  static let deleteIdentityProviderRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ProviderName", .providerNameType),
  ])
  static let deleteManagedLoginBrandingRequest: Constraint = .structure([
    .required("ManagedLoginBrandingId", .managedLoginBrandingIdType), .required("UserPoolId", .userPoolIdType),
  ])
  static let deleteResourceServerRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Identifier", .resourceServerIdentifierType),
  ])
  static let deleteTermsRequest: Constraint = .structure([
    .required("TermsId", .termsIdType), .required("UserPoolId", .userPoolIdType),
  ])
  static let deleteUserAttributesRequest: Constraint = .structure([
    .required("UserAttributeNames", .attributeNameListType), .required("AccessToken", .tokenModelType),
  ])
  static let deleteUserPoolClientRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
  ])
  static let deleteUserPoolClientSecretRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .required("ClientSecretId", .clientSecretIdType),
  ])
  static let deleteUserPoolDomainRequest: Constraint = .structure([
    .required("Domain", .domainType), .required("UserPoolId", .userPoolIdType),
  ])
  static let deleteUserPoolReplicaRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("RegionName", .regionNameType),
  ])
  static let deleteUserPoolRequest: Constraint = .structure([.required("UserPoolId", .userPoolIdType)])
  static let deleteUserRequest: Constraint = .structure([.required("AccessToken", .tokenModelType)])
  static let deleteWebAuthnCredentialRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .required("CredentialId", .stringType),
  ])
  static let deliveryMediumListType: Constraint = .list(.deliveryMediumType, 0...Int.max)
  static let describeCIMDPolicyRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("CIMDPolicyId", .cimdPolicyIdType),
  ])
  static let describeIdentityProviderRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ProviderName", .providerNameType),
  ])
  static let describeManagedLoginBrandingByClientRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .optional("ReturnMergedResources", .booleanType),
  ])
  static let describeManagedLoginBrandingRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ManagedLoginBrandingId", .managedLoginBrandingIdType),
    .optional("ReturnMergedResources", .booleanType),
  ])
  static let describePointInTimeRecoveryRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("RestoreId", .restoreIdType),
  ])
  static let describeResourceServerRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Identifier", .resourceServerIdentifierType),
  ])
  static let describeRiskConfigurationRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("ClientId", .clientIdType),
  ])
  static let describeTermsByClientRequest: Constraint = .structure([
    .required("ClientId", .clientIdType), .required("UserPoolId", .userPoolIdType),
    .required("TermsName", .termsNameType),
  ])
  static let describeTermsRequest: Constraint = .structure([
    .required("TermsId", .termsIdType), .required("UserPoolId", .userPoolIdType),
  ])
  static let describeUserImportJobRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("JobId", .userImportJobIdType),
  ])
  static let describeUserPoolClientRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
  ])
  static let describeUserPoolDomainRequest: Constraint = .structure([.required("Domain", .domainType)])
  static let describeUserPoolRequest: Constraint = .structure([.required("UserPoolId", .userPoolIdType)])
  static let deviceConfigurationType: Constraint = .structure([
    .optional("ChallengeRequiredOnNewDevice", .booleanType),
    .optional("DeviceOnlyRememberedOnUserPrompt", .booleanType),
  ])
  static let deviceSecretVerifierConfigType: Constraint = .structure([
    .optional("PasswordVerifier", .stringType), .optional("Salt", .stringType),
  ])
  static let document: Constraint = .anyJSON
  static let emailConfigurationType: Constraint = .structure([
    .optional("SourceArn", .arnType), .optional("ReplyToEmailAddress", .emailAddressType),
    .optional("EmailSendingAccount", .emailSendingAccountType), .optional("From", .stringType),
    .optional("ConfigurationSet", .sesConfigurationSet),
  ])
  static let emailMfaConfigType: Constraint = .structure([
    .optional("Message", .emailMfaMessageType), .optional("Subject", .emailMfaSubjectType),
  ])
  static let emailMfaSettingsType: Constraint = .structure([
    .optional("Enabled", .booleanType), .optional("PreferredMfa", .booleanType),
  ])
  static let eumsSmsConfigurationType: Constraint = .structure([
    .required("CallerArn", .arnType), .optional("ExternalId", .stringType),
    .optional("OriginationIdentity", .stringType), .optional("ConfigurationSetName", .stringType),
    .optional("InEntityId", .stringType), .optional("InTemplateId", .stringType), .optional("Region", .regionCodeType),
  ])
  static let eventFiltersType: Constraint = .list(.eventFilterType, 0...Int.max)
  static let explicitAuthFlowsListType: Constraint = .list(.explicitAuthFlowsType, 0...Int.max)
  static let failoverType: Constraint = .structure([
    .required("SecondaryRegion", .regionNameType), .required("PrimaryRoute53HealthCheckId", .healthCheckIdType),
  ])
  static let firehoseConfigurationType: Constraint = .structure([.optional("StreamArn", .arnType)])
  static let forgetDeviceRequest: Constraint = .structure([
    .optional("AccessToken", .tokenModelType), .required("DeviceKey", .deviceKeyType),
  ])
  static let forgotPasswordRequest: Constraint = .structure([
    .required("ClientId", .clientIdType), .optional("SecretHash", .secretHashType),
    .optional("UserContextData", .userContextDataType), .required("Username", .usernameType),
    .optional("AnalyticsMetadata", .analyticsMetadataType), .optional("ClientMetadata", .clientMetadataType),
  ])
  static let getCSVHeaderRequest: Constraint = .structure([.required("UserPoolId", .userPoolIdType)])
  static let getClientTokenRequest: Constraint = .structure([
    .required("ClientId", .clientIdType), .required("Secret", .clientSecretType), .optional("Scopes", .scopeListType),
    .optional("ClientMetadata", .clientMetadataType),
  ])
  static let getCredentialsForIdentityInput: Constraint = .structure([
    .required("IdentityId", .identityId), .optional("Logins", .loginsMap), .optional("CustomRoleArn", .arnString),
  ])
  static let getDerivedTokenRequest: Constraint = .structure([
    .required("ClientId", .clientIdType), .optional("ClientSecret", .clientSecretType),
    .required("SubjectToken", .getDerivedTokenTokenModelType), .required("SubjectTokenType", .tokenTypeIdentifierType),
    .optional("SubjectTokenProviderName", .providerNameType), .optional("ActorToken", .getDerivedTokenTokenModelType),
    .optional("ActorTokenType", .tokenTypeIdentifierType), .optional("ActorTokenProviderName", .providerNameType),
    .optional("Scopes", .scopeListType), .optional("Audiences", .audienceListType),
    .optional("Resources", .resourceListType), .optional("RequestedTokenType", .issuedTokenTypeIdentifierType),
  ])
  static let getDeviceRequest: Constraint = .structure([
    .required("DeviceKey", .deviceKeyType), .optional("AccessToken", .tokenModelType),
  ])
  static let getGroupRequest: Constraint = .structure([
    .required("GroupName", .groupNameType), .required("UserPoolId", .userPoolIdType),
  ])
  static let getIdInput: Constraint = .structure([
    .optional("AccountId", .accountId), .required("IdentityPoolId", .identityPoolId), .optional("Logins", .loginsMap),
  ])
  static let getIdentityProviderByIdentifierRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("IdpIdentifier", .idpIdentifierType),
  ])
  static let getLogDeliveryConfigurationRequest: Constraint = .structure([.required("UserPoolId", .userPoolIdType)])
  static let getProvisionedLimitRequest: Constraint = .structure([.required("LimitDefinition", .limitDefinitionType)])
  static let getSigningCertificateRequest: Constraint = .structure([.required("UserPoolId", .userPoolIdType)])
  static let getTokensFromRefreshTokenRequest: Constraint = .structure([
    .required("RefreshToken", .tokenModelType), .required("ClientId", .clientIdType),
    .optional("ClientSecret", .clientSecretType), .optional("DeviceKey", .deviceKeyType),
    .optional("ClientMetadata", .clientMetadataType),
  ])
  static let getUICustomizationRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("ClientId", .clientIdType),
  ])
  static let getUserAttributeVerificationCodeRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .required("AttributeName", .attributeNameType),
    .optional("ClientMetadata", .clientMetadataType),
  ])
  static let getUserAuthFactorsRequest: Constraint = .structure([.required("AccessToken", .tokenModelType)])
  static let getUserPoolClientSessionConfigurationRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
  ])
  static let getUserPoolMfaConfigRequest: Constraint = .structure([.required("UserPoolId", .userPoolIdType)])
  static let getUserPoolSessionConfigurationRequest: Constraint = .structure([.required("UserPoolId", .userPoolIdType)])
  static let getUserRequest: Constraint = .structure([.required("AccessToken", .tokenModelType)])
  static let globalSignOutRequest: Constraint = .structure([.required("AccessToken", .tokenModelType)])
  static let httpHeader: Constraint = .structure([
    .optional("headerName", .stringType), .optional("headerValue", .stringType),
  ])
  static let httpHeaderList: Constraint = .list(.httpHeader, 0...Int.max)
  static let idpIdentifiersListType: Constraint = .list(.idpIdentifierType, 0...50)
  static let inboundFederationLambdaType: Constraint = .structure([
    .required("LambdaVersion", .inboundFederationLambdaVersionType), .required("LambdaArn", .arnType),
  ])
  static let initiateAuthRequest: Constraint = .structure([
    .required("AuthFlow", .authFlowType), .optional("AuthParameters", .authParametersType),
    .optional("ClientMetadata", .clientMetadataType), .required("ClientId", .clientIdType),
    .optional("AnalyticsMetadata", .analyticsMetadataType), .optional("UserContextData", .userContextDataType),
    .optional("Session", .sessionType),
  ])
  static let initiatePointInTimeRecoveryRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("RestoreTimestamp", .dateType),
  ])
  static let issuerConfigurationType: Constraint = .structure([.optional("Type", .issuerType)])
  static let keyConfigurationType: Constraint = .structure([
    .optional("KeyType", .encryptionKeyType), .optional("KmsKeyArn", .encryptionKeyArnType),
  ])
  static let lambdaConfigType: Constraint = .structure([
    .optional("PreSignUp", .arnType), .optional("CustomMessage", .arnType), .optional("PostConfirmation", .arnType),
    .optional("PreAuthentication", .arnType), .optional("PostAuthentication", .arnType),
    .optional("DefineAuthChallenge", .arnType), .optional("CreateAuthChallenge", .arnType),
    .optional("VerifyAuthChallengeResponse", .arnType), .optional("PreTokenGeneration", .arnType),
    .optional("UserMigration", .arnType), .optional("PreTokenGenerationConfig", .preTokenGenerationVersionConfigType),
    .optional("CustomSMSSender", .customSMSLambdaVersionConfigType),
    .optional("CustomEmailSender", .customEmailLambdaVersionConfigType), .optional("KMSKeyID", .arnType),
    .optional("InboundFederation", .inboundFederationLambdaType),
  ])
  static let limitDefinitionType: Constraint = .structure([
    .required("LimitClass", .limitClass), .required("Attributes", .stringToStringMapType),
  ])
  static let linksType: Constraint = .map(.languageIdType, .linkUrlType, 1...13, isSensitive: false)
  static let listCIMDPoliciesRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("NextToken", .paginationKeyType),
    .optional("MaxResults", .poolQueryLimitType),
  ])
  static let listClientMetadataURLsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("CIMDPolicyId", .cimdPolicyIdType),
    .optional("NextToken", .paginationKeyType), .optional("MaxResults", .poolQueryLimitType),
  ])
  static let listDevicesRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .optional("Limit", .queryLimitType),
    .optional("PaginationToken", .searchPaginationTokenType),
  ])
  static let listGroupsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("Limit", .queryLimitType),
    .optional("NextToken", .paginationKey),
  ])
  static let listIdentityProvidersRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("MaxResults", .listProvidersLimitType),
    .optional("NextToken", .paginationKeyType),
  ])
  static let listPointInTimeRecoveriesRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("NextToken", .paginationKeyType),
    .optional("MaxResults", .poolQueryLimitType),
  ])
  static let listResourceServersRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("MaxResults", .listResourceServersLimitType),
    .optional("NextToken", .paginationKeyType),
  ])
  static let listTagsForResourceRequest: Constraint = .structure([.required("ResourceArn", .arnType)])
  static let listTermsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("MaxResults", .listTermsRequestMaxResultsInteger),
    .optional("NextToken", .stringType),
  ])
  static let listUserImportJobsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("MaxResults", .poolQueryLimitType),
    .optional("PaginationToken", .paginationKeyType),
  ])
  static let listUserPoolClientSecretsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .optional("NextToken", .paginationKey),
  ])
  static let listUserPoolClientsRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("MaxResults", .queryLimit),
    .optional("NextToken", .paginationKey), .optional("ClientType", .clientTypeType),
  ])
  static let listUserPoolReplicasRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("NextToken", .paginationKeyType),
  ])
  static let listUserPoolsRequest: Constraint = .structure([
    .optional("NextToken", .paginationKeyType), .required("MaxResults", .poolQueryLimitType),
  ])
  static let listUserSessionsRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .optional("NextToken", .paginationKey),
  ])
  static let listUsersInGroupRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("GroupName", .groupNameType),
    .optional("Limit", .queryLimitType), .optional("NextToken", .paginationKey),
  ])
  static let listUsersRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("AttributesToGet", .searchedAttributeNamesListType),
    .optional("Limit", .queryLimitType), .optional("PaginationToken", .searchPaginationTokenType),
    .optional("Filter", .userFilterType),
  ])
  static let listWebAuthnCredentialsRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .optional("NextToken", .paginationKey),
    .optional("MaxResults", .webAuthnCredentialsQueryLimitType),
  ])
  static let logConfigurationListType: Constraint = .list(.logConfigurationType, 0...2)
  static let logConfigurationType: Constraint = .structure([
    .required("LogLevel", .logLevel), .required("EventSource", .eventSourceName),
    .optional("CloudWatchLogsConfiguration", .cloudWatchLogsConfigurationType),
    .optional("S3Configuration", .s3ConfigurationType), .optional("FirehoseConfiguration", .firehoseConfigurationType),
  ])
  static let loginsMap: Constraint = .map(.identityProviderName, .identityProviderToken, 0...10, isSensitive: false)
  static let logoutURLsListType: Constraint = .list(.redirectUrlType, 0...100)
  static let messageTemplateType: Constraint = .structure([
    .optional("SMSMessage", .smsInviteMessageType), .optional("EmailMessage", .emailInviteMessageType),
    .optional("EmailSubject", .emailVerificationSubjectType),
  ])
  static let mfaOptionListType: Constraint = .list(.mfaOptionType, 0...Int.max)
  static let mfaOptionType: Constraint = .structure([
    .optional("DeliveryMedium", .deliveryMediumType), .optional("AttributeName", .attributeNameType),
  ])
  static let notifyConfigurationType: Constraint = .structure([
    .optional("From", .stringType), .optional("ReplyTo", .stringType), .required("SourceArn", .arnType),
    .optional("BlockEmail", .notifyEmailType), .optional("NoActionEmail", .notifyEmailType),
    .optional("MfaEmail", .notifyEmailType),
  ])
  static let notifyEmailType: Constraint = .structure([
    .required("Subject", .emailNotificationSubjectType), .optional("HtmlBody", .emailNotificationBodyType),
    .optional("TextBody", .emailNotificationBodyType),
  ])
  static let numberAttributeConstraintsType: Constraint = .structure([
    .optional("MinValue", .stringType), .optional("MaxValue", .stringType),
  ])
  static let oAuthFlowsType: Constraint = .list(.oAuthFlowType, 0...3)
  static let passwordPolicyType: Constraint = .structure([
    .optional("MinimumLength", .passwordPolicyMinLengthType), .optional("RequireUppercase", .booleanType),
    .optional("RequireLowercase", .booleanType), .optional("RequireNumbers", .booleanType),
    .optional("RequireSymbols", .booleanType), .optional("PasswordHistorySize", .passwordHistorySizeType),
    .optional("TemporaryPasswordValidityDays", .temporaryPasswordValidityDaysType),
  ])
  static let preTokenGenerationVersionConfigType: Constraint = .structure([
    .required("LambdaVersion", .preTokenGenerationLambdaVersionType), .required("LambdaArn", .arnType),
  ])
  static let providerDetailsType: Constraint = .map(.stringType, .stringType, 0...Int.max, isSensitive: false)
  static let providerUserIdentifierType: Constraint = .structure([
    .optional("ProviderName", .providerNameType), .optional("ProviderAttributeName", .stringType),
    .optional("ProviderAttributeValue", .stringType),
  ])
  static let recoveryMechanismsType: Constraint = .list(.recoveryOptionType, 1...2)
  static let recoveryOptionType: Constraint = .structure([
    .required("Priority", .priorityType), .required("Name", .recoveryOptionNameType),
  ])
  static let refreshTokenRotationType: Constraint = .structure([
    .required("Feature", .featureType), .optional("RetryGracePeriodSeconds", .retryGracePeriodSecondsType),
  ])
  static let resendConfirmationCodeRequest: Constraint = .structure([
    .required("ClientId", .clientIdType), .optional("SecretHash", .secretHashType),
    .optional("UserContextData", .userContextDataType), .required("Username", .usernameType),
    .optional("AnalyticsMetadata", .analyticsMetadataType), .optional("ClientMetadata", .clientMetadataType),
  ])
  static let resourceListType: Constraint = .list(.resourceServerIdentifierType, 0...1)
  static let resourceServerScopeListType: Constraint = .list(.resourceServerScopeType, 0...100)
  static let resourceServerScopeType: Constraint = .structure([
    .required("ScopeName", .resourceServerScopeNameType),
    .required("ScopeDescription", .resourceServerScopeDescriptionType),
  ])
  static let respondToAuthChallengeRequest: Constraint = .structure([
    .required("ClientId", .clientIdType), .required("ChallengeName", .challengeNameType),
    .optional("Session", .sessionType), .optional("ChallengeResponses", .challengeResponsesType),
    .optional("AnalyticsMetadata", .analyticsMetadataType), .optional("UserContextData", .userContextDataType),
    .optional("ClientMetadata", .clientMetadataType),
  ])
  static let revokeTokenRequest: Constraint = .structure([
    .required("Token", .tokenModelType), .required("ClientId", .clientIdType),
    .optional("ClientSecret", .clientSecretType), .optional("RevokeAssociatedSessions", .revokeAssociatedSessionsType),
  ])
  static let revokeUserSessionRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .required("SessionId", .sessionIdType),
    .optional("RevokeAssociatedSessions", .revokeAssociatedSessionsType),
  ])
  static let riskExceptionConfigurationType: Constraint = .structure([
    .optional("BlockedIPRangeList", .blockedIPRangeListType), .optional("SkippedIPRangeList", .skippedIPRangeListType),
  ])
  static let routingType: Constraint = .structure([.optional("Failover", .failoverType)])
  static let s3ConfigurationType: Constraint = .structure([.optional("BucketArn", .s3ArnType)])
  static let schemaAttributeType: Constraint = .structure([
    .optional("Name", .customAttributeNameType), .optional("AttributeDataType", .attributeDataType),
    .optional("DeveloperOnlyAttribute", .booleanType), .optional("Mutable", .booleanType),
    .optional("Required", .booleanType), .optional("NumberAttributeConstraints", .numberAttributeConstraintsType),
    .optional("StringAttributeConstraints", .stringAttributeConstraintsType),
  ])
  static let schemaAttributesListType: Constraint = .list(.schemaAttributeType, 1...50)
  static let scopeListType: Constraint = .list(.scopeType, 0...50)
  static let searchedAttributeNamesListType: Constraint = .list(.attributeNameType, 0...Int.max)
  static let setLogDeliveryConfigurationRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("LogConfigurations", .logConfigurationListType),
  ])
  static let setRiskConfigurationRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("ClientId", .clientIdType),
    .optional("CompromisedCredentialsRiskConfiguration", .compromisedCredentialsRiskConfigurationType),
    .optional("AccountTakeoverRiskConfiguration", .accountTakeoverRiskConfigurationType),
    .optional("RiskExceptionConfiguration", .riskExceptionConfigurationType),
  ])
  static let setUICustomizationRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("ClientId", .clientIdType), .optional("CSS", .cssType),
    .optional("ImageFile", .imageFileType),
  ])
  static let setUserMFAPreferenceRequest: Constraint = .structure([
    .optional("SMSMfaSettings", .smsMfaSettingsType),
    .optional("SoftwareTokenMfaSettings", .softwareTokenMfaSettingsType),
    .optional("EmailMfaSettings", .emailMfaSettingsType), .optional("WebAuthnMfaSettings", .webAuthnMfaSettingsType),
    .required("AccessToken", .tokenModelType),
  ])
  static let setUserPoolClientSessionConfigurationRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .required("SSOSession", .clientSSOSessionConfigType),
  ])
  static let setUserPoolMfaConfigRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("SmsMfaConfiguration", .smsMfaConfigType),
    .optional("SoftwareTokenMfaConfiguration", .softwareTokenMfaConfigType),
    .optional("EmailMfaConfiguration", .emailMfaConfigType), .optional("MfaConfiguration", .userPoolMfaType),
    .optional("WebAuthnConfiguration", .webAuthnConfigurationType),
  ])
  static let setUserPoolSessionConfigurationRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("UserSessionTracking", .userSessionTrackingType),
    .required("TokenSession", .userPoolTokenSessionConfigType),
  ])
  static let setUserSettingsRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .required("MFAOptions", .mfaOptionListType),
  ])
  static let signInPolicyType: Constraint = .structure([
    .optional("AllowedFirstAuthFactors", .allowedFirstAuthFactorsListType)
  ])
  static let signUpRequest: Constraint = .structure([
    .required("ClientId", .clientIdType), .optional("SecretHash", .secretHashType),
    .required("Username", .usernameType), .optional("Password", .signUpPasswordType),
    .optional("UserAttributes", .attributeListType), .optional("ValidationData", .attributeListType),
    .optional("AnalyticsMetadata", .analyticsMetadataType), .optional("UserContextData", .userContextDataType),
    .optional("ClientMetadata", .clientMetadataType),
  ])
  static let skippedIPRangeListType: Constraint = .list(.stringType, 0...200)
  static let smsConfigurationType: Constraint = .structure([
    .optional("SnsCallerArn", .optionalArnType), .optional("ExternalId", .stringType),
    .optional("SnsRegion", .regionCodeType), .optional("EumsSms", .eumsSmsConfigurationType),
  ])
  static let smsMfaConfigType: Constraint = .structure([
    .optional("SmsAuthenticationMessage", .smsVerificationMessageType),
    .optional("SmsConfiguration", .smsConfigurationType),
  ])
  static let smsMfaSettingsType: Constraint = .structure([
    .optional("Enabled", .booleanType), .optional("PreferredMfa", .booleanType),
  ])
  static let softwareTokenMfaConfigType: Constraint = .structure([.optional("Enabled", .booleanType)])
  static let softwareTokenMfaSettingsType: Constraint = .structure([
    .optional("Enabled", .booleanType), .optional("PreferredMfa", .booleanType),
  ])
  static let startPointInTimeRecoveryRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("RestoreId", .restoreIdType),
  ])
  static let startUserImportJobRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("JobId", .userImportJobIdType),
  ])
  static let startWebAuthnRegistrationRequest: Constraint = .structure([.required("AccessToken", .tokenModelType)])
  static let stopUserImportJobRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("JobId", .userImportJobIdType),
  ])
  static let stringAttributeConstraintsType: Constraint = .structure([
    .optional("MinLength", .stringType), .optional("MaxLength", .stringType),
  ])
  static let stringToStringMapType: Constraint = .map(.stringType, .stringType, 0...Int.max, isSensitive: false)
  static let supportedIdentityProvidersListType: Constraint = .list(.providerNameType, 0...Int.max)
  static let tagResourceRequest: Constraint = .structure([
    .required("ResourceArn", .arnType), .required("Tags", .userPoolTagsType),
  ])
  static let tokenValidityUnitsType: Constraint = .structure([
    .optional("AccessToken", .timeUnitsType), .optional("IdToken", .timeUnitsType),
    .optional("RefreshToken", .timeUnitsType),
  ])
  static let untagResourceRequest: Constraint = .structure([
    .required("ResourceArn", .arnType), .required("TagKeys", .userPoolTagsListType),
  ])
  static let updateAuthEventFeedbackRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Username", .usernameType), .required("EventId", .eventIdType),
    .required("FeedbackToken", .tokenModelType), .required("FeedbackValue", .feedbackValueType),
  ])
  static let updateCIMDPolicyRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("CIMDPolicyId", .cimdPolicyIdType),
    .required("ClientId", .clientIdType), .optional("PolicyName", .cimdPolicyNameType),
    .optional("CacheDuration", .cacheDurationType), .required("URLPatterns", .urlPatternListType),
  ])
  static let updateClientMetadataURLStateRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("CIMDPolicyId", .cimdPolicyIdType),
    .required("URL", .metadataURLType), .required("Action", .cimdCacheActionType),
  ])
  static let updateDeviceStatusRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .required("DeviceKey", .deviceKeyType),
    .optional("DeviceRememberedStatus", .deviceRememberedStatusType),
  ])
  static let updateGroupRequest: Constraint = .structure([
    .required("GroupName", .groupNameType), .required("UserPoolId", .userPoolIdType),
    .optional("Description", .descriptionType), .optional("RoleArn", .arnType),
    .optional("Precedence", .precedenceType),
  ])
  static let updateIdentityProviderRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ProviderName", .providerNameType),
    .optional("ProviderDetails", .providerDetailsType), .optional("AttributeMapping", .attributeMappingType),
    .optional("IdpIdentifiers", .idpIdentifiersListType), .optional("AcrMapping", .acrMappingType),
  ])
  static let updateManagedLoginBrandingRequest: Constraint = .structure([
    .optional("UserPoolId", .userPoolIdType), .optional("ManagedLoginBrandingId", .managedLoginBrandingIdType),
    .optional("UseCognitoProvidedValues", .booleanType), .optional("Settings", .document),
    .optional("Assets", .assetListType),
  ])
  static let updateProvisionedLimitRequest: Constraint = .structure([
    .required("LimitDefinition", .limitDefinitionType), .required("RequestedLimitValue", .integerType),
  ])
  static let updateResourceServerRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("Identifier", .resourceServerIdentifierType),
    .required("Name", .resourceServerNameType), .optional("Scopes", .resourceServerScopeListType),
  ])
  static let updateTermsRequest: Constraint = .structure([
    .required("TermsId", .termsIdType), .required("UserPoolId", .userPoolIdType),
    .optional("TermsName", .termsNameType), .optional("TermsSource", .termsSourceType),
    .optional("Enforcement", .termsEnforcementType), .optional("Links", .linksType),
  ])
  static let updateUserAttributesRequest: Constraint = .structure([
    .required("UserAttributes", .attributeListType), .required("AccessToken", .tokenModelType),
    .optional("ClientMetadata", .clientMetadataType),
  ])
  static let updateUserPoolClientRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("ClientId", .clientIdType),
    .optional("ClientName", .clientNameType), .optional("RefreshTokenValidity", .refreshTokenValidityType),
    .optional("AccessTokenValidity", .accessTokenValidityType), .optional("IdTokenValidity", .idTokenValidityType),
    .optional("TokenValidityUnits", .tokenValidityUnitsType), .optional("ReadAttributes", .clientPermissionListType),
    .optional("WriteAttributes", .clientPermissionListType), .optional("ExplicitAuthFlows", .explicitAuthFlowsListType),
    .optional("SupportedIdentityProviders", .supportedIdentityProvidersListType),
    .optional("CallbackURLs", .callbackURLsListType), .optional("LogoutURLs", .logoutURLsListType),
    .optional("DefaultRedirectURI", .redirectUrlType), .optional("AllowedOAuthFlows", .oAuthFlowsType),
    .optional("AllowedOAuthScopes", .scopeListType), .optional("AllowedOAuthFlowsUserPoolClient", .booleanType),
    .optional("AnalyticsConfiguration", .analyticsConfigurationType),
    .optional("PreventUserExistenceErrors", .preventUserExistenceErrorTypes),
    .optional("EnableTokenRevocation", .wrappedBooleanType),
    .optional("EnablePropagateAdditionalUserContextData", .wrappedBooleanType),
    .optional("AuthSessionValidity", .authSessionValidityType),
    .optional("RefreshTokenRotation", .refreshTokenRotationType),
    .optional("PublishSecretsInAWSSecretsManager", .wrappedBooleanType),
  ])
  static let updateUserPoolDomainRequest: Constraint = .structure([
    .required("Domain", .domainType), .required("UserPoolId", .userPoolIdType),
    .optional("ManagedLoginVersion", .wrappedIntegerType), .optional("CustomDomainConfig", .customDomainConfigType),
    .optional("Routing", .routingType),
  ])
  static let updateUserPoolReplicaRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .required("RegionName", .regionNameType),
    .required("Status", .updateReplicaStatusType),
  ])
  static let updateUserPoolRequest: Constraint = .structure([
    .required("UserPoolId", .userPoolIdType), .optional("Policies", .userPoolPolicyType),
    .optional("DeletionProtection", .deletionProtectionType), .optional("LambdaConfig", .lambdaConfigType),
    .optional("AutoVerifiedAttributes", .verifiedAttributesListType),
    .optional("SmsVerificationMessage", .smsVerificationMessageType),
    .optional("EmailVerificationMessage", .emailVerificationMessageType),
    .optional("EmailVerificationSubject", .emailVerificationSubjectType),
    .optional("VerificationMessageTemplate", .verificationMessageTemplateType),
    .optional("SmsAuthenticationMessage", .smsVerificationMessageType),
    .optional("UserAttributeUpdateSettings", .userAttributeUpdateSettingsType),
    .optional("MfaConfiguration", .userPoolMfaType), .optional("DeviceConfiguration", .deviceConfigurationType),
    .optional("EmailConfiguration", .emailConfigurationType), .optional("SmsConfiguration", .smsConfigurationType),
    .optional("UserPoolTags", .userPoolTagsType), .optional("AdminCreateUserConfig", .adminCreateUserConfigType),
    .optional("UserPoolAddOns", .userPoolAddOnsType), .optional("DcrConfiguration", .dcrConfigurationType),
    .optional("AccountRecoverySetting", .accountRecoverySettingType), .optional("PoolName", .userPoolNameType),
    .optional("UserPoolTier", .userPoolTierType), .optional("KeyConfiguration", .keyConfigurationType),
    .optional("IssuerConfiguration", .issuerConfigurationType), .optional("AcrConfiguration", .acrConfigurationType),
  ])
  static let urlPatternListType: Constraint = .list(.urlPatternType, 1...5)
  static let userAttributeUpdateSettingsType: Constraint = .structure([
    .optional("AttributesRequireVerificationBeforeUpdate", .attributesRequireVerificationBeforeUpdateType)
  ])
  static let userContextDataType: Constraint = .structure(
    [.optional("IpAddress", .stringType), .optional("EncodedData", .stringType)], isSensitive: true)
  static let userPoolAddOnsType: Constraint = .structure([
    .required("AdvancedSecurityMode", .advancedSecurityModeType),
    .optional("AdvancedSecurityAdditionalFlows", .advancedSecurityAdditionalFlowsType),
  ])
  static let userPoolPolicyType: Constraint = .structure([
    .optional("PasswordPolicy", .passwordPolicyType), .optional("SignInPolicy", .signInPolicyType),
  ])
  static let userPoolTagsListType: Constraint = .list(.tagKeysType, 0...Int.max)
  static let userPoolTagsType: Constraint = .map(.tagKeysType, .tagValueType, 0...Int.max, isSensitive: false)
  static let userPoolTokenSessionConfigType: Constraint = .structure([.required("MaxPerUser", .maxSessionsPerUserType)])
  static let usernameAttributesListType: Constraint = .list(.usernameAttributeType, 0...Int.max)
  static let usernameConfigurationType: Constraint = .structure([.required("CaseSensitive", .wrappedBooleanType)])
  static let verificationMessageTemplateType: Constraint = .structure([
    .optional("SmsMessage", .smsVerificationMessageType), .optional("EmailMessage", .emailVerificationMessageType),
    .optional("EmailSubject", .emailVerificationSubjectType),
    .optional("EmailMessageByLink", .emailVerificationMessageByLinkType),
    .optional("EmailSubjectByLink", .emailVerificationSubjectByLinkType),
    .optional("DefaultEmailOption", .defaultEmailOptionType),
  ])
  static let verifiedAttributesListType: Constraint = .list(.verifiedAttributeType, 0...Int.max)
  static let verifySoftwareTokenRequest: Constraint = .structure([
    .optional("AccessToken", .tokenModelType), .optional("Session", .sessionType),
    .required("UserCode", .softwareTokenMFAUserCodeType), .optional("FriendlyDeviceName", .stringType),
  ])
  static let verifyUserAttributeRequest: Constraint = .structure([
    .required("AccessToken", .tokenModelType), .required("AttributeName", .attributeNameType),
    .required("Code", .confirmationCodeType),
  ])
  static let webAuthnConfigurationType: Constraint = .structure([
    .optional("RelyingPartyId", .relyingPartyIdType), .optional("UserVerification", .userVerificationType),
    .optional("FactorConfiguration", .webAuthnFactorConfigurationType),
  ])
  static let webAuthnMfaSettingsType: Constraint = .structure([.optional("Enabled", .booleanType)])
}
