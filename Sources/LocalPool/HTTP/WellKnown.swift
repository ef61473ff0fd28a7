import Cognito

/// What the two `.well-known` documents share.
enum WellKnown {
  /// The pool id in `/{pool id}/.well-known/{document}`.
  static func poolID(in path: String, document: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0].isEmpty, parts[2] == ".well-known", parts[3] == document else { return nil }
    return String(parts[1])
  }

  static var noSuchPool: PoolResponse {
    .json(status: 404, .object(["message": "User pool does not exist."]))
  }
}
