extension CognitoError {
  /// What kind of failure an error is: an open set.
  ///
  /// Codes of the service are its own names for its exceptions, so that one which this version has no member for can
  /// still be named and compared: `error.code == .init(rawValue: "BrandNewException")`, and the same comparison stays
  /// true when a later version adds the member. Whether an error is the service's at all, ``CognitoError/exception``
  /// tells. All other codes are this library's own. A `switch` over codes has a `default`.
  public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The service's name for the exception, such as "CodeMismatchException"; for codes of this library's own, the
    /// member's name, such as "unreachable".
    public let rawValue: String

    /// - Parameter rawValue: the service's name for the exception, or a name of your own for failures of a transport,
    ///   key source or credentials source of yours that no member fits.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The raw value.
    public var description: String { rawValue }

    /// The code of an error that a server named. A server that writes a name of our own codes gets none of them: some
    /// say what was done, or not done, on this side.
    init(named exception: String) {
      let code = Code(rawValue: exception)
      self = exception.isEmpty || Self.ownNames.contains(code) ? .malformedResponse : code
    }

    private static let ownNames = Set(own)
  }
}
