/// The members that CreateUserPool and UpdateUserPool share.
enum PoolShapes {
  static let name = Constraint.string(1...128, .title, isSensitive: false)
  static let verifiable = Constraint.choice(["phone_number", "email"])
  private static let emailMessage = Constraint.string(6...20_000, .anything, isSensitive: false)
  private static let emailSubject = Constraint.string(1...140, .anything, isSensitive: false)
  private static let smsMessage = Constraint.string(6...140, .anything, isSensitive: false)

  static let settings: [Member] = [
    .optional(
      "Policies", .object([.optional("PasswordPolicy", passwordPolicy), .optional("SignInPolicy", signInPolicy)])),
    .optional("DeletionProtection", .choice(["ACTIVE", "INACTIVE"])),
    .optional("LambdaConfig", .object(triggers)),
    .optional("AutoVerifiedAttributes", .strings(verifiable)),
    .optional("SmsVerificationMessage", smsMessage),
    .optional("EmailVerificationMessage", emailMessage),
    .optional("EmailVerificationSubject", emailSubject),
    .optional("VerificationMessageTemplate", .object(verification)),
    .optional("SmsAuthenticationMessage", smsMessage),
    .optional("MfaConfiguration", .choice(["OFF", "ON", "OPTIONAL"])),
    .optional(
      "UserAttributeUpdateSettings",
      .object([.optional("AttributesRequireVerificationBeforeUpdate", .strings(verifiable))])),
    .optional(
      "DeviceConfiguration",
      .object([
        .optional("ChallengeRequiredOnNewDevice", .bool), .optional("DeviceOnlyRememberedOnUserPrompt", .bool),
      ])),
    .optional("UserPoolTags", .tags),
    .optional("AdminCreateUserConfig", .object(invitations)),
    .optional("AccountRecoverySetting", .object([.optional("RecoveryMechanisms", recovery)])),
    .optional("UserPoolTier", .choice(["LITE", "ESSENTIALS", "PLUS"])),
    .optional("IssuerConfiguration", .object([.optional("Type", .choice(["ORIGINAL", "UPDATED"]))])),
    .optional("AcrConfiguration", AcrNames.shape),
    // Kept and shown, without effect.
    .optional("EmailConfiguration", .anything), .optional("SmsConfiguration", .anything),
    .optional("UserPoolAddOns", .anything), .optional("KeyConfiguration", .anything),
    .optional("DcrConfiguration", .anything),
  ]

  static let attribute = Constraint.object([
    .required("Name", .string(1...20, .visible, isSensitive: false)),
    .optional("AttributeDataType", .choice(["String", "Number", "DateTime", "Boolean"])),
    .optional("DeveloperOnlyAttribute", .bool), .optional("Mutable", .bool), .optional("Required", .bool),
    .optional("NumberAttributeConstraints", .object([.optional("MinValue", .text), .optional("MaxValue", .text)])),
    .optional("StringAttributeConstraints", .object([.optional("MinLength", .text), .optional("MaxLength", .text)])),
  ])

  private static let passwordPolicy = Constraint.object([
    .optional("MinimumLength", .integer(6...99)), .optional("RequireUppercase", .bool),
    .optional("RequireLowercase", .bool), .optional("RequireNumbers", .bool), .optional("RequireSymbols", .bool),
    .optional("PasswordHistorySize", .integer(0...24)), .optional("TemporaryPasswordValidityDays", .integer(0...365)),
  ])

  private static let signInPolicy = Constraint.object([
    .optional(
      "AllowedFirstAuthFactors", .list(.choice(["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]), 1...4))
  ])

  private static let invitations: [Member] = [
    .optional("AllowAdminCreateUserOnly", .bool),
    .optional("UnusedAccountValidityDays", .integer(0...365)),
    .optional(
      "InviteMessageTemplate",
      .object([
        .optional("SMSMessage", smsMessage), .optional("EmailMessage", emailMessage),
        .optional("EmailSubject", emailSubject),
      ])),
  ]

  private static let verification: [Member] = [
    .optional("SmsMessage", smsMessage), .optional("EmailMessage", emailMessage),
    .optional("EmailSubject", emailSubject), .optional("EmailMessageByLink", emailMessage),
    .optional("EmailSubjectByLink", emailSubject),
    .optional("DefaultEmailOption", .choice(["CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE"])),
  ]

  private static let recovery = Constraint.list(
    .object([
      .required("Priority", .integer(1...2)),
      .required("Name", .choice(["verified_email", "verified_phone_number", "admin_only"])),
    ]), 1...2)

  private static let triggers: [Member] =
    [
      "PreSignUp", "CustomMessage", "PostConfirmation", "PreAuthentication", "PostAuthentication",
      "DefineAuthChallenge",
      "CreateAuthChallenge", "VerifyAuthChallengeResponse", "PreTokenGeneration", "UserMigration",
    ].map { .optional($0, .arn) } + [
      .optional(
        "PreTokenGenerationConfig",
        .object([.required("LambdaVersion", .choice(["V1_0", "V2_0", "V3_0"])), .required("LambdaArn", .arn)]))
    ]
}
