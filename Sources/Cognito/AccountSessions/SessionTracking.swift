/// Whether a pool keeps a list of its users' sessions, and how many a user may have.
public struct SessionTracking: Sendable, Hashable {
  static let allowedMaximum = 1...100

  /// Whether sessions are tracked.
  public var isOn: Bool
  /// How many token sessions a user may have, 1 to 100. A sign-in above that number ends the one that was used least
  /// recently: a program that only asks again who sits there revokes what it got at once, so that it pushes out none
  /// that is in use.
  public var maximumPerUser: Int

  /// - Parameters:
  ///   - isOn: whether sessions are tracked.
  ///   - maximumPerUser: how many token sessions a user may have, 1 to 100; the service's default is 20.
  public init(isOn: Bool, maximumPerUser: Int = 20) {
    self.isOn = isOn
    self.maximumPerUser = maximumPerUser
  }

  init(_ wire: JSONValue) throws(CognitoError) {
    guard let mode = wire["UserSessionTracking"]?.string,
      let maximum = wire["TokenSession"]?["MaxPerUser"]?.int.flatMap({ Int(exactly: $0) })
    else { throw CognitoError(.malformedResponse, "The service described a pool's sessions without mode or number.") }
    self.init(isOn: mode == "ENABLED", maximumPerUser: maximum)
  }
}
