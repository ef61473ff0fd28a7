/// What becomes of the sessions that hang together with one that is ended (RevokeAssociatedSessions).
public enum AssociatedSessions: String, Sendable, Hashable, CaseIterable {
  /// They go on.
  case none = "NONE"
  /// Those that are linked with it directly end too: with an app's session the browser's that it came from, with a
  /// browser's session the apps' that came from it. The service may take some seconds for them.
  case linked = "LINKED"

  /// Left out where it says what the service does anyway, so that pools of before know the call.
  var wire: JSONValue? { self == .none ? nil : .string(rawValue) }
}

extension JSONValue {
  /// The id of a session (AWS: SessionIdType).
  ///
  /// - Throws: ``CognitoError/Code/invalidInput`` when it can't be one.
  static func sessionID(_ id: String) throws(CognitoError) -> JSONValue {
    let isLetterOrDigit = { (byte: UInt8) in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard id.utf8.count == 28, id.hasPrefix("tkn") || id.hasPrefix("sso"), id.utf8.allSatisfy(isLetterOrDigit) else {
      throw CognitoError(.invalidInput, "Not a session's id: it is tkn or sso and 25 small letters and digits.")
    }
    return .string(id)
  }
}
