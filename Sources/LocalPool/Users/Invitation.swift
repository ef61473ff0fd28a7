/// Tells a new user their name and temporary password.
enum Invitation {
  /// By each of `DesiredDeliveryMediums` (SMS when none is named, as on AWS) for which the user has an address.
  ///
  /// AWS refuses when there is no way to reach the user; so do we, unless no medium was asked for by name: a script that
  /// makes users without addresses is the usual case here, and would have to say SUPPRESS.
  static func send(_ password: String, to user: UserRecord, pool: PoolRecord, _ request: OperationRequest) throws {
    let asked = try request.input.optionalStrings("DesiredDeliveryMediums")
    for medium in asked ?? ["SMS", "EMAIL"] {
      guard let delivery = CodeDestination(to: medium == "EMAIL" ? "email" : "phone_number", of: user) else { continue }
      try MessageComposer.send(
        .invitation, code: password, to: delivery, user: user, pool: pool,
        metadata: try request.input.stringMap("ClientMetadata"), context: request.context)
    }
  }
}
