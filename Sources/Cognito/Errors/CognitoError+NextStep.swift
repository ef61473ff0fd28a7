extension CognitoError.Code {
  /// What a person or a program does about it; `nil` where there is nothing to add.
  public var nextStep: String? {
    switch self {
    case .notAuthorized: "Check the user name and password, or sign in again."
    case .passwordAttemptsExceeded: "Wait (a second at first, up to 15 minutes), then try again."
    case .refreshTokenRejected, .refreshTokenReuse, .signInRequired: "Sign in again."
    case .accessTokenRejected: "Renew the tokens, or sign in again."
    case .userDisabled: "Ask the administrator of the user pool to enable the user."
    case .userNotFound: "Check the user name."
    case .userNotConfirmed: "Confirm the sign-up with the code that was sent, or ask for a new one."
    case .passwordResetRequired: "Reset the password with the forgotten-password flow."
    case .codeMismatch, .enableSoftwareTokenMFA: "Check the code and try again."
    case .expiredCode: "Take the app's next code, or ask for a new one."
    case .invalidPassword, .passwordHistoryPolicyViolation: "Choose a password that the pool's policy allows."
    case .usernameExists, .aliasExists: "Choose another name, or sign in."
    case .tooManyRequests, .throttling, .limitExceeded, .tooManyFailedAttempts: "Wait before trying again."
    case .unreachable, .network: "Check the connection, the endpoint and the proxy settings."
    case .timeout, .internalError, .internalServer, .serviceUnavailable: "Try again later."
    case .tokenExpired: "Renew the token, or sign in again."
    case .insufficientUserAuthentication: "Sign in again, with what the level needs."
    case .insufficientScope: "Ask for a token with the scope, or ask who runs the pool to allow it."
    case .operationNotEnabled: "Whoever runs the user pool must turn this on first."
    case .tokenNotYetValid: "Check this machine's clock."
    case .tls: "Check the endpoint's certificate and the CA file."
    case .insecureEndpoint: "Use an https endpoint."
    case .malformedResponse, .responseTooLarge, .redirectRefused:
      "Check that the endpoint is a Cognito endpoint, and that no proxy answers in its place."
    case .serverProofRejected: "Don't use this endpoint until it is known who runs it."
    // The service's word for AWS WAF, which judges the request and where it comes from, not its keys.
    case .forbidden: "Ask the administrator of the user pool: its firewall (AWS WAF) refuses this request."
    case .accessDenied, .unauthorized: "Check the permissions of the AWS credentials."
    case .expiredCredentials, .unrecognizedClient, .credentialsNotFound, .missingAuthenticationToken:
      "Set valid AWS credentials."
    case .invalidSignature: "Check the secret access key and the clock."
    case .resourceNotFound: "Check the user pool id, the client id and the region."
    case .featureUnavailableInTier: "The user pool's plan must be raised for this."
    default: nil
    }
  }
}
