/// Signing in, tokens, software tokens, devices and passkeys.
let authenticationOperations: [any Operation.Type] =
  signInOperations + tokenOperations + deviceOperations + passkeyOperations

private let signInOperations: [any Operation.Type] = [
  InitiateAuth.self, AdminInitiateAuth.self, RespondToAuthChallenge.self, AdminRespondToAuthChallenge.self,
  AssociateSoftwareToken.self, VerifySoftwareToken.self, GetUser.self, ChangePassword.self,
]

private let tokenOperations: [any Operation.Type] = [
  GetTokensFromRefreshToken.self, RevokeToken.self, GlobalSignOut.self, AdminUserGlobalSignOut.self,
  GetClientToken.self,
]

private let deviceOperations: [any Operation.Type] = [
  ConfirmDevice.self, GetDevice.self, ListDevices.self, ForgetDevice.self, UpdateDeviceStatus.self,
  AdminGetDevice.self, AdminListDevices.self, AdminForgetDevice.self, AdminUpdateDeviceStatus.self,
]

private let passkeyOperations: [any Operation.Type] = [
  StartWebAuthnRegistration.self, CompleteWebAuthnRegistration.self, ListWebAuthnCredentials.self,
  DeleteWebAuthnCredential.self,
]
