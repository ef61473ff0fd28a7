extension CognitoError.Code {
  // MARK: NotAuthorizedException told apart by its message

  /// Too many wrong passwords: the account is locked for a while ("Password attempts exceeded").
  public static let passwordAttemptsExceeded = Self(rawValue: "passwordAttemptsExceeded")
  /// The refresh token is expired, revoked, for another client, or lacks its device key: sign in again.
  public static let refreshTokenRejected = Self(rawValue: "refreshTokenRejected")
  /// The access token is expired, revoked or not for this: renew it.
  public static let accessTokenRejected = Self(rawValue: "accessTokenRejected")
  /// An administrator has disabled the user.
  public static let userDisabled = Self(rawValue: "userDisabled")

  // MARK: Failures on the way

  /// No connection could be made (name look-up, refused): nothing was sent. Any call is tried again.
  public static let unreachable = Self(rawValue: "unreachable")
  /// A connection broke before the answer was complete: the request may have been carried out. Tried again where that
  /// does no harm.
  public static let network = Self(rawValue: "network")
  /// No complete answer before the deadline: the request may have been carried out.
  public static let timeout = Self(rawValue: "timeout")
  /// The task was cancelled.
  public static let cancelled = Self(rawValue: "cancelled")
  /// The server's certificate or TLS handshake was refused.
  public static let tls = Self(rawValue: "tls")
  /// The answer was longer than allowed.
  public static let responseTooLarge = Self(rawValue: "responseTooLarge")
  /// The answer is not what the service speaks: not JSON, cut, or lacking a field.
  public static let malformedResponse = Self(rawValue: "malformedResponse")
  /// The server answered with a redirect, which is never followed: it would carry secrets elsewhere.
  public static let redirectRefused = Self(rawValue: "redirectRefused")
  /// A plain `http` address that is not this machine.
  public static let insecureEndpoint = Self(rawValue: "insecureEndpoint")

  // MARK: Failures on our side

  /// A closure of the caller's (to save tokens, to sign in, to open a browser) threw; ``CognitoError/cause`` is its error.
  public static let callbackFailed = Self(rawValue: "callbackFailed")
  /// A setting is missing or can't be right.
  public static let invalidConfiguration = Self(rawValue: "invalidConfiguration")
  /// An argument can't be right; nothing was sent.
  public static let invalidInput = Self(rawValue: "invalidInput")
  /// The server's SRP values are unsafe: it may be an impostor.
  public static let serverProofRejected = Self(rawValue: "serverProofRejected")
  /// A text is not a signed JWT with a header and claims as the service writes them.
  public static let tokenMalformed = Self(rawValue: "tokenMalformed")
  /// A token is signed with another algorithm than RS256, or its signature is wrong.
  public static let tokenSignatureInvalid = Self(rawValue: "tokenSignatureInvalid")
  /// A token names a signing key that its issuer doesn't publish.
  public static let tokenKeyUnknown = Self(rawValue: "tokenKeyUnknown")
  /// A token's time is over.
  public static let tokenExpired = Self(rawValue: "tokenExpired")
  /// A token isn't valid yet: one of the two clocks is wrong.
  public static let tokenNotYetValid = Self(rawValue: "tokenNotYetValid")
  /// A token is for another issuer, client or use.
  public static let tokenClaimMismatch = Self(rawValue: "tokenClaimMismatch")
  /// A token is genuine, and its user has not been authenticated strongly or lately enough for what is asked (RFC 9470,
  /// `insufficient_user_authentication`): sign in again with ``StepUp``.
  public static let insufficientUserAuthentication = Self(rawValue: "insufficientUserAuthentication")
  /// A token lacks a scope for what is asked (RFC 6750, `insufficient_scope`).
  public static let insufficientScope = Self(rawValue: "insufficientScope")
  /// There is no signed-in session (any more).
  public static let signInRequired = Self(rawValue: "signInRequired")
  /// The sign-in can't go on: the answer doesn't fit the step.
  public static let unexpectedAnswer = Self(rawValue: "unexpectedAnswer")
  /// No AWS credentials for a call that must be signed.
  public static let credentialsNotFound = Self(rawValue: "credentialsNotFound")

  // MARK: Kept together

  /// Every code that is this library's own: no server can give it by writing its name.
  package static let own: [Self] = [
    .passwordAttemptsExceeded, .refreshTokenRejected, .accessTokenRejected, .userDisabled, .unreachable, .network,
    .timeout, .cancelled, .tls, .responseTooLarge, .malformedResponse, .redirectRefused, .insecureEndpoint,
    .callbackFailed, .invalidConfiguration, .invalidInput, .serverProofRejected, .tokenMalformed,
    .tokenSignatureInvalid,
    .tokenKeyUnknown, .tokenExpired, .tokenNotYetValid, .tokenClaimMismatch, .insufficientUserAuthentication,
    .insufficientScope, .signInRequired, .unexpectedAnswer,
    .credentialsNotFound,
  ]
}
