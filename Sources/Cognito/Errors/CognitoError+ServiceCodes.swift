extension CognitoError.Code {
  // MARK: Errors of the user-pool service, by its own names

  /// The AWS credentials may not do this.
  public static let accessDenied = Self(rawValue: "AccessDeniedException")
  /// Another user has this e-mail address or number as an alias.
  public static let aliasExists = Self(rawValue: "AliasExistsException")
  /// The pool keeps no client metadata document of this address.
  public static let cachedCIMDURLDoesNotExist = Self(rawValue: "CachedCIMDURLDoesNotExistException")
  /// A code could not be sent.
  public static let codeDeliveryFailure = Self(rawValue: "CodeDeliveryFailureException")
  /// The code is wrong.
  public static let codeMismatch = Self(rawValue: "CodeMismatchException")
  /// Somebody else changes the same thing at the same time.
  public static let concurrentModification = Self(rawValue: "ConcurrentModificationException")
  /// The device is the user's already.
  public static let deviceKeyExists = Self(rawValue: "DeviceKeyExistsException")
  /// The pool has an identity provider of this name.
  public static let duplicateProvider = Self(rawValue: "DuplicateProviderException")
  /// The authenticator app's first code is wrong.
  public static let enableSoftwareTokenMFA = Self(rawValue: "EnableSoftwareTokenMFAException")
  /// The code's time is over, or the authenticator app's code was used already.
  public static let expiredCode = Self(rawValue: "ExpiredCodeException")
  /// The pool's plan doesn't include this.
  public static let featureUnavailableInTier = Self(rawValue: "FeatureUnavailableInTierException")
  /// A firewall (AWS WAF) in front of the pool refused the request.
  public static let forbidden = Self(rawValue: "ForbiddenException")
  /// The pool has a group of this name.
  public static let groupExists = Self(rawValue: "GroupExistsException")
  /// The service failed.
  public static let internalError = Self(rawValue: "InternalErrorException")
  /// The service failed.
  public static let internalServer = Self(rawValue: "InternalServerException")
  /// The pool may not send e-mail from its address.
  public static let invalidEmailRoleAccessPolicy = Self(rawValue: "InvalidEmailRoleAccessPolicyException")
  /// A Lambda trigger's answer can't be used.
  public static let invalidLambdaResponse = Self(rawValue: "InvalidLambdaResponseException")
  /// The app client's OAuth flow doesn't fit what is asked for.
  public static let invalidOAuthFlow = Self(rawValue: "InvalidOAuthFlowException")
  /// The service refuses an argument; the message says which.
  public static let invalidParameter = Self(rawValue: "InvalidParameterException")
  /// The new password is against the pool's policy.
  public static let invalidPassword = Self(rawValue: "InvalidPasswordException")
  /// The pool's role may not send text messages.
  public static let invalidSmsRoleAccessPolicy = Self(rawValue: "InvalidSmsRoleAccessPolicyException")
  /// The pool's role for text messages doesn't trust Cognito.
  public static let invalidSmsRoleTrustRelationship = Self(rawValue: "InvalidSmsRoleTrustRelationshipException")
  /// The pool's settings contradict what is asked for.
  public static let invalidUserPoolConfiguration = Self(rawValue: "InvalidUserPoolConfigurationException")
  /// Too much of this in a while, or too many of the kind.
  public static let limitExceeded = Self(rawValue: "LimitExceededException")
  /// No second factor can be found that the user may use.
  public static let mfaMethodNotFound = Self(rawValue: "MFAMethodNotFoundException")
  /// The app client has a branding already.
  public static let managedLoginBrandingExists = Self(rawValue: "ManagedLoginBrandingExistsException")
  /// Wrong user name or password, or not allowed. Its commonest reasons have codes of their own, below.
  public static let notAuthorized = Self(rawValue: "NotAuthorizedException")
  /// The pool has this switched off.
  public static let operationNotEnabled = Self(rawValue: "OperationNotEnabledException")
  /// The new password is one of the user's last ones.
  public static let passwordHistoryPolicyViolation = Self(rawValue: "PasswordHistoryPolicyViolationException")
  /// The password must be reset before the user can sign in.
  public static let passwordResetRequired = Self(rawValue: "PasswordResetRequiredException")
  /// Something else must be done first.
  public static let preconditionNotMet = Self(rawValue: "PreconditionNotMetException")
  /// The refresh token was rotated out, and its grace period is over.
  public static let refreshTokenReuse = Self(rawValue: "RefreshTokenReuseException")
  /// The pool, the app client, the device or the like doesn't exist.
  public static let resourceNotFound = Self(rawValue: "ResourceNotFoundException")
  /// An OAuth scope is not the pool's.
  public static let scopeDoesNotExist = Self(rawValue: "ScopeDoesNotExistException")
  /// The account has as many of these as it may have.
  public static let serviceQuotaExceeded = Self(rawValue: "ServiceQuotaExceededException")
  /// The user or the pool has no authenticator app as second factor.
  public static let softwareTokenMFANotFound = Self(rawValue: "SoftwareTokenMFANotFoundException")
  /// The app client has terms of this name.
  public static let termsExists = Self(rawValue: "TermsExistsException")
  /// The pool can't change to this plan.
  public static let tierChangeNotAllowed = Self(rawValue: "TierChangeNotAllowedException")
  /// Too many wrong codes: wait before the next.
  public static let tooManyFailedAttempts = Self(rawValue: "TooManyFailedAttemptsException")
  /// More requests than the quota allows; nothing was done.
  public static let tooManyRequests = Self(rawValue: "TooManyRequestsException")
  /// The caller may not do this.
  public static let unauthorized = Self(rawValue: "UnauthorizedException")
  /// A Lambda trigger could not be called.
  public static let unexpectedLambda = Self(rawValue: "UnexpectedLambdaException")
  /// The identity provider can't be used for this.
  public static let unsupportedIdentityProvider = Self(rawValue: "UnsupportedIdentityProviderException")
  /// The pool's settings don't allow this operation; also what a login prompt can't give.
  public static let unsupportedOperation = Self(rawValue: "UnsupportedOperationException")
  /// The token is of a kind that this doesn't take.
  public static let unsupportedTokenType = Self(rawValue: "UnsupportedTokenTypeException")
  /// The user's status doesn't allow this.
  public static let unsupportedUserState = Self(rawValue: "UnsupportedUserStateException")
  /// Users are being imported.
  public static let userImportInProgress = Self(rawValue: "UserImportInProgressException")
  /// The pool's own Lambda trigger said no; the message is its own.
  public static let userLambdaValidation = Self(rawValue: "UserLambdaValidationException")
  /// The sign-up is not confirmed yet.
  public static let userNotConfirmed = Self(rawValue: "UserNotConfirmedException")
  /// There is no such user.
  public static let userNotFound = Self(rawValue: "UserNotFoundException")
  /// The pool has no threat protection.
  public static let userPoolAddOnNotEnabled = Self(rawValue: "UserPoolAddOnNotEnabledException")
  /// A tag can't be set or changed.
  public static let userPoolTagging = Self(rawValue: "UserPoolTaggingException")
  /// The pool has a user of this name.
  public static let usernameExists = Self(rawValue: "UsernameExistsException")
  /// No passkey challenge is waiting for this answer.
  public static let webAuthnChallengeNotFound = Self(rawValue: "WebAuthnChallengeNotFoundException")
  /// The access token is of an app client that the passkey challenge wasn't made for.
  public static let webAuthnClientMismatch = Self(rawValue: "WebAuthnClientMismatchException")
  /// The pool has no settings for passkeys.
  public static let webAuthnConfigurationMissing = Self(rawValue: "WebAuthnConfigurationMissingException")
  /// The passkey is of a kind that the pool doesn't take.
  public static let webAuthnCredentialNotSupported = Self(rawValue: "WebAuthnCredentialNotSupportedException")
  /// The pool has passkeys switched off.
  public static let webAuthnNotEnabled = Self(rawValue: "WebAuthnNotEnabledException")
  /// The passkey was made for a page that the pool doesn't allow.
  public static let webAuthnOriginNotAllowed = Self(rawValue: "WebAuthnOriginNotAllowedException")
  /// The passkey was made for another relying party.
  public static let webAuthnRelyingPartyMismatch = Self(rawValue: "WebAuthnRelyingPartyMismatchException")

  // MARK: Errors that every AWS service may give, and of identity pools

  /// More requests than allowed; nothing was done.
  public static let throttling = Self(rawValue: "ThrottlingException")
  /// The AWS credentials' time is over.
  public static let expiredCredentials = Self(rawValue: "ExpiredTokenException")
  /// The AWS access key is unknown.
  public static let unrecognizedClient = Self(rawValue: "UnrecognizedClientException")
  /// The AWS signature is wrong: another secret key, or a wrong clock.
  public static let invalidSignature = Self(rawValue: "InvalidSignatureException")
  /// The request lacks the AWS signature that it needs.
  public static let missingAuthenticationToken = Self(rawValue: "MissingAuthenticationTokenException")
  /// The endpoint doesn't know the operation.
  public static let unknownOperation = Self(rawValue: "UnknownOperationException")
  /// The service could not read the request.
  public static let serialization = Self(rawValue: "SerializationException")
  /// The service refuses an argument; the message says which.
  public static let validation = Self(rawValue: "ValidationException")
  /// The service is not available now.
  public static let serviceUnavailable = Self(rawValue: "ServiceUnavailableException")
  /// The login belongs to another identity of the identity pool.
  public static let resourceConflict = Self(rawValue: "ResourceConflictException")
  /// An identity provider could not be asked.
  public static let externalService = Self(rawValue: "ExternalServiceException")
  /// The identity pool's roles or rules can't be used.
  public static let invalidIdentityPoolConfiguration = Self(rawValue: "InvalidIdentityPoolConfigurationException")

  // MARK: Kept together for tests

  /// Every exception of AWS's that has a name here.
  package static let exceptions: [Self] = [
    .accessDenied, .aliasExists, .cachedCIMDURLDoesNotExist, .codeDeliveryFailure, .codeMismatch,
    .concurrentModification, .deviceKeyExists, .duplicateProvider, .enableSoftwareTokenMFA, .expiredCode,
    .featureUnavailableInTier, .forbidden, .groupExists, .internalError, .internalServer,
    .invalidEmailRoleAccessPolicy, .invalidLambdaResponse, .invalidOAuthFlow, .invalidParameter, .invalidPassword,
    .invalidSmsRoleAccessPolicy, .invalidSmsRoleTrustRelationship, .invalidUserPoolConfiguration, .limitExceeded,
    .mfaMethodNotFound, .managedLoginBrandingExists, .notAuthorized, .operationNotEnabled,
    .passwordHistoryPolicyViolation, .passwordResetRequired, .preconditionNotMet, .refreshTokenReuse,
    .resourceNotFound, .scopeDoesNotExist, .serviceQuotaExceeded, .softwareTokenMFANotFound, .termsExists,
    .tierChangeNotAllowed, .tooManyFailedAttempts, .tooManyRequests, .unauthorized, .unexpectedLambda,
    .unsupportedIdentityProvider, .unsupportedOperation, .unsupportedTokenType, .unsupportedUserState,
    .userImportInProgress, .userLambdaValidation, .userNotConfirmed, .userNotFound, .userPoolAddOnNotEnabled,
    .userPoolTagging, .usernameExists, .webAuthnChallengeNotFound, .webAuthnClientMismatch,
    .webAuthnConfigurationMissing, .webAuthnCredentialNotSupported, .webAuthnNotEnabled,
    .webAuthnOriginNotAllowed, .webAuthnRelyingPartyMismatch, .throttling, .expiredCredentials,
    .unrecognizedClient, .invalidSignature, .missingAuthenticationToken, .unknownOperation, .serialization,
    .validation, .serviceUnavailable, .resourceConflict, .externalService, .invalidIdentityPoolConfiguration,
  ]
}
