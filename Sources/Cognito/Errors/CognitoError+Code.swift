extension CognitoError {
  /// What kind of failure an error is.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    // MARK: Errors of the user-pool service, by its own names
    case accessDenied = "AccessDeniedException"
    case aliasExists = "AliasExistsException"
    case cachedCIMDURLDoesNotExist = "CachedCIMDURLDoesNotExistException"
    case codeDeliveryFailure = "CodeDeliveryFailureException"
    case codeMismatch = "CodeMismatchException"
    case concurrentModification = "ConcurrentModificationException"
    case deviceKeyExists = "DeviceKeyExistsException"
    case duplicateProvider = "DuplicateProviderException"
    case enableSoftwareTokenMFA = "EnableSoftwareTokenMFAException"
    case expiredCode = "ExpiredCodeException"
    case featureUnavailableInTier = "FeatureUnavailableInTierException"
    case forbidden = "ForbiddenException"
    case groupExists = "GroupExistsException"
    case internalError = "InternalErrorException"
    case internalServer = "InternalServerException"
    case invalidEmailRoleAccessPolicy = "InvalidEmailRoleAccessPolicyException"
    case invalidLambdaResponse = "InvalidLambdaResponseException"
    case invalidOAuthFlow = "InvalidOAuthFlowException"
    case invalidParameter = "InvalidParameterException"
    case invalidPassword = "InvalidPasswordException"
    case invalidSmsRoleAccessPolicy = "InvalidSmsRoleAccessPolicyException"
    case invalidSmsRoleTrustRelationship = "InvalidSmsRoleTrustRelationshipException"
    case invalidUserPoolConfiguration = "InvalidUserPoolConfigurationException"
    case limitExceeded = "LimitExceededException"
    case mfaMethodNotFound = "MFAMethodNotFoundException"
    case managedLoginBrandingExists = "ManagedLoginBrandingExistsException"
    case notAuthorized = "NotAuthorizedException"
    case operationNotEnabled = "OperationNotEnabledException"
    case passwordHistoryPolicyViolation = "PasswordHistoryPolicyViolationException"
    case passwordResetRequired = "PasswordResetRequiredException"
    case preconditionNotMet = "PreconditionNotMetException"
    case refreshTokenReuse = "RefreshTokenReuseException"
    case resourceNotFound = "ResourceNotFoundException"
    case scopeDoesNotExist = "ScopeDoesNotExistException"
    case serviceQuotaExceeded = "ServiceQuotaExceededException"
    case softwareTokenMFANotFound = "SoftwareTokenMFANotFoundException"
    case termsExists = "TermsExistsException"
    case tierChangeNotAllowed = "TierChangeNotAllowedException"
    case tooManyFailedAttempts = "TooManyFailedAttemptsException"
    case tooManyRequests = "TooManyRequestsException"
    case unauthorized = "UnauthorizedException"
    case unexpectedLambda = "UnexpectedLambdaException"
    case unsupportedIdentityProvider = "UnsupportedIdentityProviderException"
    case unsupportedOperation = "UnsupportedOperationException"
    case unsupportedTokenType = "UnsupportedTokenTypeException"
    case unsupportedUserState = "UnsupportedUserStateException"
    case userImportInProgress = "UserImportInProgressException"
    case userLambdaValidation = "UserLambdaValidationException"
    case userNotConfirmed = "UserNotConfirmedException"
    case userNotFound = "UserNotFoundException"
    case userPoolAddOnNotEnabled = "UserPoolAddOnNotEnabledException"
    case userPoolTagging = "UserPoolTaggingException"
    case usernameExists = "UsernameExistsException"
    case webAuthnChallengeNotFound = "WebAuthnChallengeNotFoundException"
    case webAuthnClientMismatch = "WebAuthnClientMismatchException"
    case webAuthnConfigurationMissing = "WebAuthnConfigurationMissingException"
    case webAuthnCredentialNotSupported = "WebAuthnCredentialNotSupportedException"
    case webAuthnNotEnabled = "WebAuthnNotEnabledException"
    case webAuthnOriginNotAllowed = "WebAuthnOriginNotAllowedException"
    case webAuthnRelyingPartyMismatch = "WebAuthnRelyingPartyMismatchException"

    // MARK: Errors that every AWS service may give, and of identity pools
    case throttling = "ThrottlingException"
    case expiredCredentials = "ExpiredTokenException"
    case unrecognizedClient = "UnrecognizedClientException"
    case invalidSignature = "InvalidSignatureException"
    case missingAuthenticationToken = "MissingAuthenticationTokenException"
    case unknownOperation = "UnknownOperationException"
    case serialization = "SerializationException"
    case validation = "ValidationException"
    case serviceUnavailable = "ServiceUnavailableException"
    case resourceConflict = "ResourceConflictException"
    case externalService = "ExternalServiceException"
    case invalidIdentityPoolConfiguration = "InvalidIdentityPoolConfigurationException"

    // MARK: NotAuthorizedException told apart by its message
    /// Too many wrong passwords: the account is locked for a while ("Password attempts exceeded").
    case passwordAttemptsExceeded
    /// The refresh token is expired, revoked, for another client, or lacks its device key: sign in again.
    case refreshTokenRejected
    /// The access token is expired, revoked or not for this: renew it.
    case accessTokenRejected
    /// An administrator has disabled the user.
    case userDisabled

    /// An error of the service that this library doesn't know; its name is in ``CognitoError/exception``.
    case unknownServiceError

    // MARK: Failures on the way
    /// No connection could be made (name look-up, refused): nothing was sent.
    case unreachable
    /// A connection broke before the answer was complete: the request may have been carried out.
    case network
    /// No complete answer before the deadline.
    case timeout
    /// The task was cancelled.
    case cancelled
    /// The server's certificate or TLS handshake was refused.
    case tls
    /// The answer was longer than allowed.
    case responseTooLarge
    /// The answer is not what the service speaks: not JSON, cut, or lacking a field.
    case malformedResponse
    /// The server answered with a redirect, which is never followed: it would carry secrets elsewhere.
    case redirectRefused
    /// A plain `http` address that is not this machine.
    case insecureEndpoint

    // MARK: Failures on our side
    /// A setting is missing or can't be right.
    case invalidConfiguration
    /// An argument can't be right; nothing was sent.
    case invalidInput
    /// The server's SRP values are unsafe: it may be an impostor.
    case serverProofRejected
    /// A text is not a signed JWT with a header and claims as the service writes them.
    case tokenMalformed
    /// A token is signed with another algorithm than RS256, or its signature is wrong.
    case tokenSignatureInvalid
    /// A token names a signing key that its issuer doesn't publish.
    case tokenKeyUnknown
    /// A token's time is over.
    case tokenExpired
    /// A token isn't valid yet: one of the two clocks is wrong.
    case tokenNotYetValid
    /// A token is for another issuer, client or use.
    case tokenClaimMismatch
    /// A token is genuine, and its user has not been authenticated strongly or lately enough for what is asked (RFC 9470,
    /// `insufficient_user_authentication`): sign in again with ``StepUp``.
    case insufficientUserAuthentication
    /// A token lacks a scope for what is asked (RFC 6750, `insufficient_scope`).
    case insufficientScope
    /// There is no signed-in session (any more).
    case signInRequired
    /// The sign-in can't go on: the answer doesn't fit the step.
    case unexpectedAnswer
    /// No AWS credentials for a call that must be signed.
    case credentialsNotFound
  }
}
