extension SignIn {
  /// Sends the caller's answer in the words of the challenge.
  func take(_ answer: SignInAnswer, to challenge: Challenge) async throws(CognitoError) -> SignInStep {
    switch (challenge.name, answer) {
    case ("MFA_SETUP", _): return try await setUp(answer)
    case ("SELECT_CHALLENGE", .firstFactor(let factor)): return try await choose(factor, challenge)
    case ("SELECT_CHALLENGE", .password(let secret)), ("PASSWORD_SRP", .password(let secret)):
      return try await choose(with: secret, challenge)
    default: return try await proceed(with: send(responses(answer, challenge.name), to: challenge.name))
    }
  }

  private func responses(_ answer: SignInAnswer, _ challenge: String) throws(CognitoError) -> [String: String] {
    switch (challenge, answer) {
    case ("SOFTWARE_TOKEN_MFA", .code(let code)): ["SOFTWARE_TOKEN_MFA_CODE": try checked(code)]
    case ("SMS_MFA", .code(let code)): ["SMS_MFA_CODE": try checked(code)]
    case ("EMAIL_OTP", .code(let code)): ["EMAIL_OTP_CODE": try checked(code)]
    case ("SMS_OTP", .code(let code)): ["SMS_OTP_CODE": try checked(code)]
    case ("SELECT_MFA_TYPE", .factor(let factor)): ["ANSWER": factor.rawValue]
    case ("PASSWORD", .password(let password)): ["PASSWORD": try client.text(password)]
    case ("NEW_PASSWORD_REQUIRED", .newPassword(let password, let attributes)):
      Dictionary(uniqueKeysWithValues: attributes.map { ("userAttributes." + $0.key, $0.value) })
        .merging(["NEW_PASSWORD": try client.text(password)]) { _, last in last }
    case ("CUSTOM_CHALLENGE", .custom(let answer)): ["ANSWER": answer]
    case ("WEB_AUTHN", .credential(let credential)):
      ["CREDENTIAL": String(decoding: credential.serialized(), as: UTF8.self)]
    case (_, .responses(let responses)): responses
    default: throw mismatch(challenge)
    }
  }

  /// Codes are digits for people and letters for some services; spaces come from copying.
  private func checked(_ code: String) throws(CognitoError) -> String {
    let code = code.filter { !$0.isWhitespace }
    guard (1...2048).contains(code.unicodeScalars.count) else {
      throw CognitoError(.invalidInput, "The code is empty or too long.")
    }
    return code
  }

  private func mismatch(_ challenge: String) -> CognitoError {
    CognitoError(.unexpectedAnswer, "That is no answer to \(challenge).")
  }

  // MARK: Choice of the first factor

  private func choose(_ factor: FirstFactor, _ challenge: Challenge) async throws(CognitoError) -> SignInStep {
    let needsPassword = factor == .password || factor == .passwordSRP
    if needsPassword, password == nil {
      pendingFactor = factor
      return .password
    }
    var responses = ["ANSWER": factor.rawValue]
    if factor == .passwordSRP { responses["SRP_A"] = freshA() }
    if factor == .password, let password { responses["PASSWORD"] = try client.text(password) }
    return try await proceed(with: send(responses, to: challenge.name))
  }

  private func choose(with secret: Secret, _ challenge: Challenge) async throws(CognitoError) -> SignInStep {
    password = secret
    do throws(CognitoError) {
      if challenge.name == "PASSWORD_SRP" {
        return try await proceed(with: send(["SRP_A": freshA()], to: challenge.name))
      }
      guard let factor = pendingFactor else { throw mismatch(challenge.name) }
      return try await choose(factor, challenge)
    } catch {
      // Whoever chooses again is asked again: what was refused is not sent a second time.
      password = nil
      throw error
    }
  }

  // MARK: Setting up a second factor

  private func setUp(_ answer: SignInAnswer) async throws(CognitoError) -> SignInStep {
    switch answer {
    case .factor(.softwareToken): return try await associateSoftwareToken()
    case .email(let address): return try await proceed(with: send(["EMAIL": address], to: "MFA_SETUP"))
    case .code(let code) where isSettingUpToken:
      let body = JSONValue.object(withSession(["UserCode": .string(try checked(code))]))
      let output = try await once { () async throws(CognitoError) in
        try await client.service.call("VerifySoftwareToken", body)
      }
      session = output["Session"]?.string ?? session
      guard output["Status"]?.string == "SUCCESS" else {
        throw CognitoError(.enableSoftwareTokenMFA, "The service didn't accept the code.")
      }
      isSettingUpToken = false
      return try await proceed(with: send([:], to: "MFA_SETUP"))
    case .responses(let responses): return try await proceed(with: send(responses, to: "MFA_SETUP"))
    default: throw mismatch("MFA_SETUP")
    }
  }

  /// Asks for a secret to share with an authenticator app.
  func associateSoftwareToken() async throws(CognitoError) -> SignInStep {
    let body = JSONValue.object(withSession([:]))
    let output = try await once { () async throws(CognitoError) in
      try await client.service.call("AssociateSoftwareToken", body)
    }
    guard let secret = output["SecretCode"]?.string, !secret.isEmpty, secret.utf8.count <= 256 else {
      throw CognitoError(.malformedResponse, "The service sent no secret for the authenticator app.")
    }
    session = output["Session"]?.string ?? session
    isSettingUpToken = true
    return .setUpSoftwareToken(
      SoftwareTokenSetup(secret: Secret(utf8: secret), issuer: client.pool.name, account: typedUsername))
  }

  private func withSession(_ body: [String: JSONValue]) -> [String: JSONValue] {
    var body = body
    body["Session"] = session.map(JSONValue.string)
    return body
  }
}
