import Cognito
import Testing

/// What a sign-in can lead to in place of tokens.
extension Flow {
  private static let byEmail: JSONValue = ["AutoVerifiedAttributes": ["email"]]

  static let demands: [Flow] = [
    Flow(
      "give required attributes with a new password (NEW_PASSWORD_REQUIRED)", motoLacks: "demands no attributes",
      pool: ["Schema": [["Name": "email", "Required": true], ["Name": "given_name", "Required": true]]]
    ) { target in
      try await target.administrator.createUser(
        NewUser(
          username: "ada", attributes: [.email: "ada@example.com"], temporaryPassword: FlowTarget.password,
          invitation: .suppress))
      let client = try await target.client(hasSecret: true)
      let signIn = client.signIn("ada")
      let step = try await signIn.start(.srp(password: FlowTarget.password))
      guard case .newPasswordRequired(let request) = step else { throw UnexpectedStep(step: "\(step)") }
      #expect(request.requiredAttributes == ["given_name"])
      #expect(request.attributes["email"] == "ada@example.com")
      let new = Secret(utf8: "Another-Horse-2")
      await #expect(throws: CognitoError(.invalidParameter, "")) { try await signIn.respond(.newPassword(new)) }
      await #expect(throws: CognitoError(.invalidPassword, "")) {
        try await signIn.respond(.newPassword(Secret(utf8: "short"), attributes: ["given_name": "Ada"]))
      }
      let tokens = try await signIn.respond(.newPassword(new, attributes: ["given_name": "Ada"])).finished().tokens
      #expect(try await client.user(tokens).details().attributes[.givenName] == "Ada")
    },
    Flow(
      "a password that an administrator has reset leads to a new one", motoLacks: "lets the user in all the same",
      pool: byEmail
    ) { target in
      try await target.makeUser()
      let client = try await target.client(hasSecret: true)
      try await target.administrator.resetPassword(of: "ada")
      let code = try target.lastCode()
      for method in [SignInMethod.srp(password: FlowTarget.password), .password(FlowTarget.password)] {
        await #expect(throws: CognitoError(.passwordResetRequired, "")) {
          try await client.signIn("ada").start(method)
        }
      }
      let new = Secret(utf8: "Another-Horse-2")
      await #expect(throws: CognitoError(.codeMismatch, "")) {
        try await client.confirmForgotPassword(username: "ada", code: "000000", newPassword: new)
      }
      try await client.confirmForgotPassword(username: "ada", code: code, newPassword: new)
      #expect(try await client.signIn("ada").start(.srp(password: new)).finished().tokens.username == "ada")
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await client.signIn("ada").start(.srp(password: FlowTarget.password))
      }
    },
    Flow("an account that isn't confirmed leads to its code", motoLacks: "takes any code", pool: byEmail) { target in
      let client = try await target.client(hasSecret: true)
      _ = try await client.signUp(
        username: "grace", password: FlowTarget.password, attributes: [.email: "grace@example.com"])
      await #expect(throws: CognitoError(.userNotConfirmed, "")) {
        try await client.signIn("grace").start(.srp(password: FlowTarget.password))
      }
      await #expect(throws: CognitoError(.codeMismatch, "")) {
        try await client.confirmSignUp(username: "grace", code: "000000")
      }
      try target.advance(by: 25 * 3600)
      await #expect(throws: CognitoError(.expiredCode, "")) {
        try await client.confirmSignUp(username: "grace", code: target.lastCode())
      }
      try await client.resendConfirmationCode(username: "grace")
      try await client.confirmSignUp(username: "grace", code: target.lastCode())
      #expect(try await target.signedIn(client, "grace").username == "grace")
    },
    Flow("a disabled user, and one who isn't there, are told apart if the client may know") { target in
      try await target.makeUser()
      let client = try await target.client { $0.hidesUserExistence = false }
      await #expect(throws: CognitoError(.userNotFound, "")) {
        try await client.signIn("nobody").start(.password(FlowTarget.password))
      }
      try await target.administrator.disableUser("ada")
      await #expect(throws: CognitoError(.userDisabled, "")) {
        try await client.signIn("ada").start(.password(FlowTarget.password))
      }
    },
  ]
}
