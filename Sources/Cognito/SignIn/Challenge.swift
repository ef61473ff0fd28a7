/// An answer of InitiateAuth or RespondToAuthChallenge: tokens, or what is asked next.
package enum AuthenticationAnswer: Sendable {
  case tokens(AuthenticationResult)
  case challenge(Challenge)

  /// - Throws: ``CognitoError/Code/malformedResponse``.
  package init(_ json: JSONValue) throws(CognitoError) {
    if let result = json["AuthenticationResult"], result != .null {
      self = .tokens(try AuthenticationResult(result))
    } else {
      self = .challenge(try Challenge(json))
    }
  }
}

/// One challenge.
package struct Challenge: Sendable {
  /// Such as "PASSWORD_VERIFIER".
  package let name: String
  package let parameters: [String: String]
  /// To be sent with the response; the service leaves it out where other parameters carry the state.
  package let session: String?
  /// The choices of SELECT_CHALLENGE.
  package let available: [FirstFactor]

  init(_ json: JSONValue) throws(CognitoError) {
    guard let name = json["ChallengeName"]?.string, (1...64).contains(name.utf8.count),
      name.utf8.allSatisfy({ Self.isNameByte($0) })
    else { throw CognitoError(.malformedResponse, "The service's answer has neither tokens nor a challenge.") }
    self.name = name
    var parameters: [String: String] = [:]
    for (key, value) in json["ChallengeParameters"]?.object ?? [:] {
      guard let text = value.string else {
        if value == .null { continue }
        throw CognitoError(.malformedResponse, "A parameter of the challenge is not a text.")
      }
      parameters[key] = text
    }
    self.parameters = parameters
    session = json["Session"]?.string
    available = json["AvailableChallenges"]?.array?.compactMap(\.string).map(FirstFactor.init(rawValue:)) ?? []
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  /// A parameter that the challenge can't do without.
  func required(_ parameter: String) throws(CognitoError) -> String {
    guard let value = parameters[parameter] else {
      throw CognitoError(.malformedResponse, "The challenge \(name) lacks \(parameter).")
    }
    return value
  }

  /// A parameter that is a JSON list of texts, such as MFAS_CAN_CHOOSE; empty when it is missing.
  package func list(_ parameter: String) throws(CognitoError) -> [String] {
    guard let text = parameters[parameter], !text.isEmpty else { return [] }
    guard let list = try JSONValue.parse(Array(text.utf8), maximumDepth: 4).array else {
      throw CognitoError(.malformedResponse, "The challenge's \(parameter) is not a list.")
    }
    return list.compactMap(\.string)
  }

  /// The step that the caller is to take; `nil` for challenges that are answered without asking.
  package func step() throws(CognitoError) -> SignInStep? {
    switch name {
    case "PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER": nil as SignInStep?
    case "SOFTWARE_TOKEN_MFA": .code(CodeRequest(.softwareToken, deviceName: parameters["FRIENDLY_DEVICE_NAME"]))
    case "SMS_MFA": .code(CodeRequest(.sms, delivery: delivery))
    case "SMS_OTP": .code(CodeRequest(.sms, delivery: delivery, challenge: name))
    case "EMAIL_OTP": .code(CodeRequest(.email, delivery: delivery))
    case "SELECT_MFA_TYPE": .selectMFA(try list("MFAS_CAN_CHOOSE").map(MFAFactor.init(rawValue:)))
    case "MFA_SETUP": .setUpMFA(try list("MFAS_CAN_SETUP").map(MFAFactor.init(rawValue:)))
    case "SELECT_CHALLENGE": .selectFirstFactor(available)
    case "NEW_PASSWORD_REQUIRED": .newPasswordRequired(try newPassword())
    case "PASSWORD", "PASSWORD_SRP": .password
    case "CUSTOM_CHALLENGE": .customChallenge(parameters)
    case "WEB_AUTHN":
      .webAuthn(options: try JSONValue.parse(Array(try required("CREDENTIAL_REQUEST_OPTIONS").utf8)))
    default: .unknown(UnknownChallenge(name: name, parameters: parameters))
    }
  }

  /// Where a code was sent; `nil` when the service doesn't say.
  private var delivery: CodeDelivery? {
    var wire: [String: JSONValue] = [:]
    wire["DeliveryMedium"] = parameters["CODE_DELIVERY_DELIVERY_MEDIUM"].map(JSONValue.string)
    wire["Destination"] = parameters["CODE_DELIVERY_DESTINATION"].map(JSONValue.string)
    return CodeDelivery(.object(wire))
  }

  private func newPassword() throws(CognitoError) -> NewPasswordRequest {
    let prefix = "userAttributes."
    let required = try list("requiredAttributes").map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
    var attributes: [String: String] = [:]
    if let text = parameters["userAttributes"], !text.isEmpty {
      guard let object = try JSONValue.parse(Array(text.utf8), maximumDepth: 8).object else {
        throw CognitoError(.malformedResponse, "The challenge's userAttributes are not an object.")
      }
      attributes = object.compactMapValues(\.string)
    }
    return NewPasswordRequest(requiredAttributes: required, attributes: attributes)
  }
}
