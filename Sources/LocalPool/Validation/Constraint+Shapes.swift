/// The shapes that several operations share, by the names of the service's model.
extension Constraint {
  static let poolID = string(1...55, .poolID, isSensitive: false)
  static let clientID = string(1...128, .wordPlus, isSensitive: true)
  static let username = string(1...128, .visible, isSensitive: true)
  static let password = string(1...256, .password, isSensitive: true)
  static let accessToken = string(1...131_072, .token, isSensitive: true)
  static let secretHash = string(1...128, .secretHash, isSensitive: true)
  static let code = string(1...2048, .nonBlank, isSensitive: true)
  static let session = string(20...4096, .anything, isSensitive: true)
  static let groupName = string(1...128, .visible, isSensitive: false)
  static let description = string(0...2048, .anything, isSensitive: false)
  static let arn = string(20...2048, .arn, isSensitive: false)
  static let attributeName = string(1...32, .visibleOrBlank, isSensitive: false)
  static let attributes = list(
    object([.required("Name", attributeName), .optional("Value", string(0...2048, .anything, isSensitive: true))]),
    0...Int.max)
  static let metadata = map(keys: text, values: text)
  /// `StringType`.
  static let text = string(0...131_072, .anything, isSensitive: false)
  static let pagingToken = string(1...131_072, .nonBlank, isSensitive: false)
  static let limit = integer(0...60)
  static let tags = map(
    keys: string(1...128, .anything, isSensitive: false), values: string(0...256, .anything, isSensitive: false))

  static func strings(_ element: Constraint, _ count: ClosedRange<Int> = 0...Int.max) -> Constraint {
    list(element, count)
  }
}
