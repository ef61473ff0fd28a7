/// Signing in, tokens, sessions, software tokens, devices and passkeys.
let authenticationOperations: [any PoolOperation.Type] =
  signInOperations + tokenOperations + sessionOperations + deviceOperations + passkeyOperations

private let signInOperations: [any PoolOperation.Type] = [
  InitiateAuth.self, AdminInitiateAuth.self, RespondToAuthChallenge.self, AdminRespondToAuthChallenge.self,
  AssociateSoftwareToken.self, VerifySoftwareToken.self, GetUser.self, ChangePassword.self,
]

private let tokenOperations: [any PoolOperation.Type] = [
  GetTokensFromRefreshToken.self, RevokeToken.self, GlobalSignOut.self, AdminUserGlobalSignOut.self,
  GetClientToken.self, GetDerivedToken.self,
]

private let sessionOperations: [any PoolOperation.Type] = [
  ListUserSessions.self, RevokeUserSession.self, AdminListUserSessions.self, AdminRevokeUserSession.self,
  SetUserPoolSessionConfiguration.self, GetUserPoolSessionConfiguration.self,
  SetUserPoolClientSessionConfiguration.self, GetUserPoolClientSessionConfiguration.self,
]

private let deviceOperations: [any PoolOperation.Type] = [
  ConfirmDevice.self, GetDevice.self, ListDevices.self, ForgetDevice.self, UpdateDeviceStatus.self,
  AdminGetDevice.self, AdminListDevices.self, AdminForgetDevice.self, AdminUpdateDeviceStatus.self,
]

private let passkeyOperations: [any PoolOperation.Type] = [
  StartWebAuthnRegistration.self, CompleteWebAuthnRegistration.self, ListWebAuthnCredentials.self,
  DeleteWebAuthnCredential.self,
]
