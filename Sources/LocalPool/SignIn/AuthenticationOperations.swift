/// Signing in, tokens, software tokens and devices.
let authenticationOperations: [any Operation.Type] = [
  InitiateAuth.self,
  AdminInitiateAuth.self,
  RespondToAuthChallenge.self,
  AdminRespondToAuthChallenge.self,
  GetTokensFromRefreshToken.self,
  RevokeToken.self,
  GlobalSignOut.self,
  AdminUserGlobalSignOut.self,
  AssociateSoftwareToken.self,
  VerifySoftwareToken.self,
  GetUser.self,
  ChangePassword.self,
]
