import Cognito

/// Writes the messages that carry codes and invitations, from the pool's own texts or AWS's.
package enum MessageComposer {
  private struct Text {
    var subject: String
    var body: String
  }

  /// Composes the message (asking the CustomMessage trigger, if the pool has one) and puts it into the outbox.
  ///
  /// - Parameters:
  ///   - code: the code, or for an invitation the temporary password.
  ///   - clientID: of the client that asked, or `CLIENT_ID_NOT_APPLICABLE` for an administrator.
  ///   - metadata: the call's `ClientMetadata`, for the trigger.
  package static func send(
    _ kind: MessageKind, code: String, to delivery: CodeDestination, user: UserRecord, pool: PoolRecord,
    clientID: String = "CLIENT_ID_NOT_APPLICABLE", metadata: [String: String] = [:], context: PoolContext
  ) throws {
    var text = text(kind, delivery.medium, pool)
    let link = kind.confirmsSignUp ? ConfirmationLink(code: code, user: user, clientID: clientID, context) : nil
    if let answer = try askTrigger(kind, user, pool, clientID, metadata, context) {
      switch delivery.medium {
      case .email:
        text.subject = answer["emailSubject"]?.string ?? text.subject
        text.body = answer["emailMessage"]?.string ?? text.body
      case .sms: text.body = answer["smsMessage"]?.string ?? text.body
      }
    }
    try context.outbox.deliver(
      OutboxMessage(
        poolID: pool.id, username: user.username, medium: delivery.medium, destination: delivery.destination,
        kind: kind.rawValue, subject: filled(text.subject, code, user),
        body: filled(link?.filled(text.body) ?? text.body, code, user), code: code,
        createdAt: context.clock.now))
  }

  private static func filled(_ text: String, _ code: String, _ user: UserRecord) -> String {
    text.replacing("{####}", with: code).replacing("{username}", with: user.username)
  }

  private static func text(_ kind: MessageKind, _ medium: OutboxMessage.Medium, _ pool: PoolRecord) -> Text {
    let settings = pool.settings
    let isEmail = medium == .email
    switch kind {
    case .invitation:
      let template = settings.adminCreateUserConfig?.inviteMessageTemplate
      return Text(
        subject: template?.emailSubject ?? "Your temporary password",
        body: (isEmail ? template?.emailMessage : template?.sMSMessage)
          ?? "Your username is {username} and temporary password is {####}.")
    case .authentication:
      let own =
        isEmail
        ? settings.emailMfaConfiguration?.message
        : settings.smsMfaConfiguration?.smsAuthenticationMessage ?? settings.smsAuthenticationMessage
      return Text(
        subject: settings.emailMfaConfiguration?.subject ?? "Your authentication code",
        body: own ?? "Your authentication code is {####}.")
    case .forgotPassword:
      return verification(
        settings, isEmail, subject: "Your password reset code", body: "Your password reset code is {####}.")
    case .signUp, .resendCode, .updateAttribute, .verifyAttribute:
      if kind.confirmsSignUp, isEmail, settings.verificationMessageTemplate?.defaultEmailOption == "CONFIRM_WITH_LINK" {
        return Text(
          subject: settings.verificationMessageTemplate?.emailSubjectByLink ?? "Your verification link",
          body: settings.verificationMessageTemplate?.emailMessageByLink
            ?? "Please click the link below to verify your email address. {##Verify Email##}")
      }
      return verification(
        settings, isEmail, subject: "Your verification code", body: "Your confirmation code is {####}.")
    }
  }

  private static func verification(_ settings: PoolSettings, _ isEmail: Bool, subject: String, body: String) -> Text {
    let template = settings.verificationMessageTemplate
    let own =
      isEmail
      ? template?.emailMessage ?? settings.emailVerificationMessage
      : template?.smsMessage ?? settings.smsVerificationMessage
    return Text(
      subject: template?.emailSubject ?? settings.emailVerificationSubject ?? subject, body: own ?? body)
  }

  private static func askTrigger(
    _ kind: MessageKind, _ user: UserRecord, _ pool: PoolRecord, _ clientID: String, _ metadata: [String: String],
    _ context: PoolContext
  ) throws -> [String: JSONValue]? {
    guard context.triggers.has(.customMessage, pool) else { return nil }
    var event = TriggerEvent(
      trigger: .customMessage, source: kind.triggerSource, pool: pool, clientID: clientID, username: user.username,
      request: [
        "userAttributes": TriggerAttributes.of(user, in: pool), "codeParameter": "{####}",
        "linkParameter": kind.confirmsSignUp ? "{##Click Here##}" : .null,
        // Only invitations name the user.
        "usernameParameter": kind == .invitation ? "{username}" : .null,
      ],
      response: ["smsMessage": .null, "emailMessage": .null, "emailSubject": .null])
    event.add(metadata)
    return try context.triggers.run(event)
  }
}
