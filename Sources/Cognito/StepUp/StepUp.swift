import FoundationEssentials

/// How strongly, and how lately, a user is to prove who they are (USER_AUTH): for what needs more than a session that
/// is there already.
///
/// The pool may fall back to a lower level of the list, and nobody who receives a token should believe what was asked:
/// ``TokenVerifier/verify(_:use:accessToken:requiring:)`` reads what was reached. The sign-in itself hands no tokens out
/// that reach none of the levels, or are older than was asked.
public struct StepUp: Sendable, Hashable {
  /// Which levels will do, the highest first (TARGET_ACR_VALUES). The pool tries the first that the user can reach, and
  /// ignores those that it doesn't know. None to leave the level to the pool.
  public var levels: [String]
  /// How long ago the proof may be (MAX_AGE), in whole seconds; zero for a new one now.
  public var maximumAge: Duration?
  /// The session that is stepped up (ACCESS_TOKEN): what it has proved already counts. It needs levels, and the user
  /// name of the sign-in must be its user's. `nil` to begin from nothing.
  public var accessToken: String?
  /// What the pool calls its levels: one above a level that was asked for will do too.
  public var scale: AuthenticationLevels

  /// - Parameters:
  ///   - levels: which levels will do, the highest first, such as ``AuthenticationLevels/atLeast(_:)``.
  ///   - maximumAge: how long ago the proof may be.
  ///   - accessToken: of the session that is stepped up.
  ///   - scale: what the pool calls its levels.
  public init(
    levels: [String] = [], maximumAge: Duration? = nil, accessToken: String? = nil,
    scale: AuthenticationLevels = .standard
  ) {
    self.levels = levels
    self.maximumAge = maximumAge
    self.accessToken = accessToken
    self.scale = scale
  }

  /// What goes into AuthParameters.
  ///
  /// - Throws: ``CognitoError/Code/invalidInput``.
  func parameters() throws(CognitoError) -> [String: String] {
    guard levels.allSatisfy(Self.isName) else {
      throw CognitoError(.invalidInput, "A level's name has 1 to 64 printable characters, no blanks or quotes.")
    }
    guard accessToken == nil || !levels.isEmpty else {
      throw CognitoError(.invalidInput, "To step a session up, say which levels will do.")
    }
    var parameters: [String: String] = [:]
    if !levels.isEmpty { parameters["TARGET_ACR_VALUES"] = levels.joined(separator: " ") }
    if let maximumAge {
      let seconds = maximumAge.components.seconds
      guard seconds >= 0, maximumAge == .seconds(seconds) else {
        throw CognitoError(.invalidInput, "The age of a proof is in whole seconds, and not less than none.")
      }
      parameters["MAX_AGE"] = String(seconds)
    }
    parameters["ACCESS_TOKEN"] = accessToken
    return parameters
  }

  /// AWS: AcrValueType.
  private static func isName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy {
        (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
  }

  /// How far the pool's clock may be from ours before a proof just made looks too old.
  private static let leeway: Duration = .seconds(300)

  /// Whether verified tokens are what was asked for: a pool that knows nothing of levels ignores the question.
  ///
  /// - Throws: ``CognitoError/Code/insufficientUserAuthentication``.
  func check(_ claims: JSONValue, now: Date) throws(CognitoError) {
    let requirements = TokenRequirements(
      levels: scale.accepting(levels), maximumAge: maximumAge.map { $0 + Self.leeway })
    try requirements.checkProof(claims, now: now, leeway: 0)
  }
}
