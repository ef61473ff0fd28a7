extension Constraint {
  static let deviceKey = string(1...55, .deviceKey, isSensitive: false)
  static let deviceName = string(1...1024, .anything, isSensitive: false)
  static let rememberedStatus = choice(["remembered", "not_remembered"])
}
