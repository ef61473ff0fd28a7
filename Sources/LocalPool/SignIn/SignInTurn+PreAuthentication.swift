import Cognito

extension SignInTurn {
  /// The PreAuthentication trigger may refuse a sign-in before anything is checked.
  func runPreAuthentication() throws {
    guard context.triggers.has(.preAuthentication, pool) else { return }
    var event = TriggerEvent(
      trigger: .preAuthentication, source: "PreAuthentication_Authentication", pool: pool, clientID: client.id,
      username: state.username)
    event.request = [
      "userAttributes": user.map { TriggerAttributes.of($0, in: pool) } ?? .object([:]),
      "userNotFound": .bool(user == nil),
    ]
    event.add(validationData, as: "validationData")
    _ = try context.triggers.run(event)
  }
}
