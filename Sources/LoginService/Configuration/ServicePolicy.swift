import Cognito

/// What one program of this machine wants of a person beyond what all want: a section `[service NAME]`.
package struct ServicePolicy: Sendable, Equatable {
  /// `groups`: groups of the pool, one of which a person must be in besides; nil for nothing more than `allow_groups`.
  package var groups: Set<String>?
  /// `acr`: levels of authentication, one of which the token must name; the highest first.
  package var levels: [String] = []
  /// `max_age`: how long ago the proof in the token may be.
  package var maximumAge: Duration?
  /// `recheck`: how long a sign-in counts for what comes without one.
  package var recheck: Recheck = .standard

  package init() {}

  package enum Recheck: Sendable, Equatable {
    case after(Duration)
    case never

    package static let standard = Recheck.after(.seconds(30 * 86_400))

    /// Whether a sign-in of then still counts now, in seconds since 1970. One that lies ahead does: a clock was set back.
    package func isRecent(_ signIn: Int64?, now: Int64) -> Bool {
      switch self {
      case .never: true
      case .after(let limit): signIn.map { now - $0 <= limit.components.seconds } ?? false
      }
    }
  }

  /// Whether the token's level is one that was named, or above the lowest of those that have the service's own names.
  package func isReached(by level: String?) -> Bool {
    guard !levels.isEmpty else { return true }
    guard let level else { return false }
    let all = AuthenticationLevels.standard.names
    guard let lowest = all.firstIndex(where: levels.contains), let reached = all.firstIndex(of: level) else {
      return levels.contains(level)
    }
    return levels.contains(level) || reached >= lowest
  }

  package func admits(_ groups: Set<String>) -> Bool {
    self.groups.map { !$0.isDisjoint(with: groups) } ?? true
  }
}
