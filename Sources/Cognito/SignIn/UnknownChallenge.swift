/// A challenge as it came.
public struct UnknownChallenge: Sendable, Hashable {
  /// The service's name for it.
  public let name: String
  /// What it says.
  public let parameters: [String: String]

  /// - Parameters:
  ///   - name: the service's name for it.
  ///   - parameters: what it says.
  public init(name: String, parameters: [String: String] = [:]) {
    self.name = name
    self.parameters = parameters
  }
}
