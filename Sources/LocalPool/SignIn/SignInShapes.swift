/// What the calls of a sign-in take.
enum SignInShapes {
  static let initiate: [Member] = [
    .required("ClientId", .clientID), .required("AuthFlow", .choice(AuthFlow.allCases.map(\.rawValue))),
    .optional("AuthParameters", .map(keys: .text, values: .text)), .optional("ClientMetadata", .metadata),
    .optional("AnalyticsMetadata", .anything), .optional("UserContextData", .anything),
    .optional("ContextData", .anything), .optional("Session", .session),
  ]

  static let respond: [Member] = [
    .required("ClientId", .clientID), .required("ChallengeName", .choice(ChallengeName.allCases.map(\.rawValue))),
    .optional("ChallengeResponses", .map(keys: .text, values: .text)), .optional("ClientMetadata", .metadata),
    .optional("AnalyticsMetadata", .anything), .optional("UserContextData", .anything),
    .optional("ContextData", .anything), .optional("Session", .session),
  ]
}

extension Constraint {
  /// `TokenModelType`.
  static let token = string(1...131_072, .token, isSensitive: true)
  static let clientSecret = string(1...128, .wordPlus, isSensitive: true)
  static let totpCode = string(6...6, .digits, isSensitive: true)
}
