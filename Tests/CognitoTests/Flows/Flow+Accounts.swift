import Cognito
import Testing

extension Flow {
  private static let verifiedByEmail: JSONValue = ["AutoVerifiedAttributes": ["email"]]

  private static func signedIn(_ target: FlowTarget) async throws -> SignedInUser {
    try await target.makeUser()
    let client = try await target.client()
    return client.user(try await target.signedIn(client))
  }

  static let accounts: [Flow] = [
    Flow("sign up and confirm", pool: verifiedByEmail) { target in
      let client = try await target.client(hasSecret: true)
      let result = try await client.signUp(
        username: "grace", password: FlowTarget.password, attributes: [.email: "grace@example.com", .name: "Grace"])
      #expect(!result.isConfirmed)
      await #expect(throws: CognitoError(.userNotConfirmed, "")) {
        try await client.signIn("grace").start(.password(FlowTarget.password))
      }
      try await client.confirmSignUp(username: "grace", code: target.lastCode())
      let tokens = try await client.signIn("grace").start(.srp(password: FlowTarget.password)).finished().tokens
      #expect(tokens.subject == result.sub)
    },
    Flow("send the sign-up code again", motoLacks: "no ResendConfirmationCode", pool: verifiedByEmail) { target in
      let client = try await target.client()
      _ = try await client.signUp(
        username: "grace", password: FlowTarget.password, attributes: [.email: "grace@example.com"])
      let first = try target.lastCode()
      let delivery = try await client.resendConfirmationCode(username: "grace")
      #expect(delivery?.medium == .email)
      #expect(try target.lastCode() != first)
      try await client.confirmSignUp(username: "grace", code: target.lastCode())
    },
    Flow("set a new password after forgetting the old one", pool: verifiedByEmail) { target in
      try await target.makeUser()
      let client = try await target.client()
      let delivery = try #require(await client.forgotPassword(username: "ada"))
      // moto always says SMS.
      if target.local != nil { #expect(delivery.medium == .email) }
      let new = Secret(utf8: "Another-Horse-2")
      try await client.confirmForgotPassword(username: "ada", code: target.lastCode(), newPassword: new)
      #expect(try await client.signIn("ada").start(.password(new)).finished().tokens.username == "ada")
    },
    Flow("change the password") { target in
      let user = try await signedIn(target)
      let new = Secret(utf8: "Another-Horse-2")
      try await user.changePassword(from: FlowTarget.password, to: new)
      let client = try await target.client()
      #expect(try await client.signIn("ada").start(.password(new)).finished().tokens.username == "ada")
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await user.changePassword(from: FlowTarget.password, to: new)
      }
    },
    Flow("read and update attributes") { target in
      let user = try await signedIn(target)
      let original = try await user.details()
      #expect(original.username == "ada")
      #expect(original.attributes.email == "ada@example.com")
      var changed = original
      changed.attributes.name = "true"
      try await user.save(changed, original: original)
      #expect(try await user.details().attributes.name == "true")
    },
    Flow("delete attributes", motoLacks: "no DeleteUserAttributes") { target in
      let user = try await signedIn(target)
      try await user.update([.nickname: "a", .name: "Ada"])
      let original = try await user.details()
      var changed = original
      changed.attributes[.nickname] = nil
      try await user.save(changed, original: original)
      #expect(try await user.details().attributes[.nickname] == nil)
      #expect(try await user.details().attributes.name == "Ada")
    },
    Flow("verify an attribute", motoLacks: "no GetUserAttributeVerificationCode", pool: verifiedByEmail) { target in
      let user = try await signedIn(target)
      let deliveries = try await user.update([.email: "new@example.com"])
      #expect(deliveries.map(\.attribute) == [.email])
      #expect(try await user.details().attributes.isEmailVerified == false)
      #expect(try await user.sendVerificationCode(for: .email)?.medium == .email)
      try await user.verify(.email, code: target.lastCode())
      #expect(try await user.details().attributes.isEmailVerified)
    },
    Flow("delete one's account", motoLacks: "no DeleteUser") { target in
      try await signedIn(target).deleteAccount()
      await #expect(throws: CognitoError(.userNotFound, "")) { try await target.administrator.user("ada") }
    },
  ]
}
