import Cognito

/// What the two `.well-known` documents share. Both stand at both forms of an issuer: tokens of before the pool's was changed
/// are good until they expire.
enum WellKnown {
  /// The form and the pool id in `/{pool id}/.well-known/{document}` or `/issuer/{pool id}/.well-known/{document}`.
  static func issuer(in path: String, document: String) -> (form: IssuerForm, poolID: String)? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isUpdated = parts.count == 5 && parts[1] == "issuer"
    if isUpdated { parts.remove(at: 1) }
    guard parts.count == 4, parts[0].isEmpty, parts[2] == ".well-known", parts[3] == document else { return nil }
    return (isUpdated ? .updated : .original, String(parts[1]))
  }

  static var noSuchPool: PoolResponse {
    .json(status: 404, .object(["message": "User pool does not exist."]))
  }
}
