/// What a user pool is set to do: the typed view of `CreateUserPool`'s input plus `SetUserPoolMfaConfig`'s.
///
/// Only what changes the pool's behaviour is here; the rest lives on in the document (`AWSDocument`).
package struct PoolSettings: Decodable, Sendable {
  package struct Policies: Decodable, Sendable {
    package var passwordPolicy: PasswordPolicySettings?
    package var signInPolicy: SignInPolicy?
  }

  package struct SignInPolicy: Decodable, Sendable {
    /// `PASSWORD`, `EMAIL_OTP`, `SMS_OTP`, `WEB_AUTHN`.
    package var allowedFirstAuthFactors: [String]?
  }

  package struct DeviceConfiguration: Decodable, Sendable {
    package var challengeRequiredOnNewDevice: Bool?
    package var deviceOnlyRememberedOnUserPrompt: Bool?
  }

  package struct AdminCreateUser: Decodable, Sendable {
    package var allowAdminCreateUserOnly: Bool?
    package var unusedAccountValidityDays: Int?
    package var inviteMessageTemplate: MessageTemplate?
  }

  package struct MessageTemplate: Decodable, Sendable {
    package var sMSMessage: String?
    package var emailMessage: String?
    package var emailSubject: String?
  }

  package struct Username: Decodable, Sendable {
    package var caseSensitive: Bool?
  }

  package struct AttributeUpdate: Decodable, Sendable {
    package var attributesRequireVerificationBeforeUpdate: [String]?
  }

  package struct AccountRecovery: Decodable, Sendable {
    package struct Mechanism: Decodable, Sendable {
      package var priority: Int
      package var name: String
    }
    package var recoveryMechanisms: [Mechanism]?
  }

  package struct Switch: Decodable, Sendable {
    package var enabled: Bool?
  }

  package struct VerificationTemplate: Decodable, Sendable {
    package var smsMessage: String?
    package var emailMessage: String?
    package var emailSubject: String?
    package var emailMessageByLink: String?
    package var emailSubjectByLink: String?
    /// `CONFIRM_WITH_CODE` or `CONFIRM_WITH_LINK`.
    package var defaultEmailOption: String?
  }

  package struct CodeMessage: Decodable, Sendable {
    package var message: String?
    package var subject: String?
    package var smsAuthenticationMessage: String?
  }

  package struct WebAuthn: Decodable, Sendable {
    package var relyingPartyID: String?
    /// `required`, `preferred`.
    package var userVerification: String?
    /// `SINGLE_FACTOR`, `MULTI_FACTOR_WITH_USER_VERIFICATION`.
    package var factorConfiguration: String?
  }

  package struct Issuer: Decodable, Sendable {
    /// `ORIGINAL`, `UPDATED`.
    package var type: String?
  }

  package struct AcrLevel: Decodable, Sendable {
    package var acrValue: String
  }

  package struct AddOns: Decodable, Sendable {
    package struct Flows: Decodable, Sendable {
      package var customAuthMode: String?
    }
    /// `OFF`, `AUDIT`, `ENFORCED`.
    package var advancedSecurityMode: String?
    package var advancedSecurityAdditionalFlows: Flows?
  }

  package struct Sessions: Decodable, Sendable {
    package struct Tokens: Decodable, Sendable {
      package var maxPerUser: Int
    }
    /// `ENABLED`, `DISABLED`.
    package var userSessionTracking: String?
    package var tokenSession: Tokens?
  }

  package var poolName: String
  package var policies: Policies?
  package var deletionProtection: String?
  package var autoVerifiedAttributes: [String]?
  package var aliasAttributes: [String]?
  package var usernameAttributes: [String]?
  /// `OFF`, `ON`, `OPTIONAL`.
  package var mfaConfiguration: String?
  package var deviceConfiguration: DeviceConfiguration?
  package var adminCreateUserConfig: AdminCreateUser?
  package var schema: [AttributeSchema]?
  package var usernameConfiguration: Username?
  package var accountRecoverySetting: AccountRecovery?
  package var userAttributeUpdateSettings: AttributeUpdate?
  package var lambdaConfig: TriggerSettings?
  package var userPoolTags: [String: String]?
  package var userPoolTier: String?
  package var issuerConfiguration: Issuer?
  package var userPoolAddOns: AddOns?
  /// `Level1` to `Level4`: the names that are the pool's own.
  package var acrConfiguration: [String: AcrLevel]?
  package var verificationMessageTemplate: VerificationTemplate?
  package var smsVerificationMessage: String?
  package var emailVerificationMessage: String?
  package var emailVerificationSubject: String?
  package var smsAuthenticationMessage: String?

  // From SetUserPoolMfaConfig; DescribeUserPool doesn't show these.
  package var softwareTokenMfaConfiguration: Switch?
  package var smsMfaConfiguration: CodeMessage?
  package var emailMfaConfiguration: CodeMessage?
  package var webAuthnConfiguration: WebAuthn?

  // From SetUserPoolSessionConfiguration; DescribeUserPool doesn't show it.
  package var sessionConfiguration: Sessions?

  package var mfa: String { mfaConfiguration ?? "OFF" }
  package var passwordPolicy: PasswordPolicySettings { policies?.passwordPolicy ?? PasswordPolicySettings() }
  /// The API's default is case sensitive (the console's isn't).
  package var usernamesAreCaseSensitive: Bool { usernameConfiguration?.caseSensitive ?? true }
  /// Software tokens are refused only when the pool switched them off, or has no MFA at all.
  package var allowsSoftwareTokens: Bool { softwareTokenMfaConfiguration?.enabled ?? false }
  package var tracksDevices: Bool { deviceConfiguration != nil }
  /// Whether a remembered device is asked in place of a second factor.
  package var devicesReplaceSecondFactors: Bool { deviceConfiguration?.challengeRequiredOnNewDevice ?? false }
}

/// `PasswordPolicyType`; a value that isn't given has AWS's default.
package struct PasswordPolicySettings: Decodable, Sendable {
  package var minimumLength: Int?
  package var requireUppercase: Bool?
  package var requireLowercase: Bool?
  package var requireNumbers: Bool?
  package var requireSymbols: Bool?
  package var passwordHistorySize: Int?
  package var temporaryPasswordValidityDays: Int?
}

/// `SchemaAttributeType`: one attribute that users of the pool may have.
package struct AttributeSchema: Decodable, Sendable {
  package struct NumberLimits: Decodable, Sendable {
    package var minValue: String?
    package var maxValue: String?
  }

  package struct StringLimits: Decodable, Sendable {
    package var minLength: String?
    package var maxLength: String?
  }

  package var name: String
  /// `String`, `Number`, `DateTime`, `Boolean`.
  package var attributeDataType: String?
  package var developerOnlyAttribute: Bool?
  package var mutable: Bool?
  package var required: Bool?
  package var numberAttributeConstraints: NumberLimits?
  package var stringAttributeConstraints: StringLimits?
}

/// `LambdaConfigType`: which hook runs what. In place of a Lambda's ARN stands a local program or an HTTP address.
package struct TriggerSettings: Decodable, Sendable {
  package struct Versioned: Decodable, Sendable {
    package var lambdaVersion: String?
    package var lambdaArn: String?
  }

  package var preSignUp: String?
  package var customMessage: String?
  package var postConfirmation: String?
  package var preAuthentication: String?
  package var postAuthentication: String?
  package var defineAuthChallenge: String?
  package var createAuthChallenge: String?
  package var verifyAuthChallengeResponse: String?
  package var preTokenGeneration: String?
  package var preTokenGenerationConfig: Versioned?
  package var userMigration: String?
}
