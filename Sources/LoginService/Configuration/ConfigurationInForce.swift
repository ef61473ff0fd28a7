import Cognito
import Synchronization
import SystemSupport

/// What the daemon goes by at this moment. It may be read again at any time: whoever decides something looks here, and keeps
/// no copy.
package final class ConfigurationInForce: Sendable {
  private let state: Mutex<(configuration: LoginConfiguration, authority: any PoolAuthority)>

  package init(_ configuration: LoginConfiguration, authority: any PoolAuthority) {
    state = Mutex((configuration, authority))
  }

  package var login: LoginConfiguration.Login { state.withLock { $0.configuration.login } }
  package var pool: LoginConfiguration.Pool { state.withLock { $0.configuration.pool } }
  package var authority: any PoolAuthority { state.withLock { $0.authority } }

  /// Takes another configuration in its place, whole or not at all.
  ///
  /// - Parameter file: what messages call the file
  /// - Throws: `ConfigurationError` when something is another that can't change while the daemon runs: accounts are bound
  ///   to the pool's users, and tokens at hand are the client's.
  package func replace(
    by configuration: LoginConfiguration, authority: any PoolAuthority, file: String
  ) throws(ConfigurationError) {
    let others = state.withLock { state in
      let (old, new) = (state.configuration.pool, configuration.pool)
      let others = [
        ("user_pool_id", old.userPoolID, new.userPoolID), ("client_id", old.clientID, new.clientID),
      ].filter { $0.1 != $0.2 }.map { $0.0 }
      if others.isEmpty { state = (configuration, authority) }
      return others
    }
    guard others.isEmpty else {
      throw ConfigurationError(
        file: file, "\(others.joined(separator: " and ")) can't change while the daemon runs",
        advice: "Run `systemctl restart cognito-logind`: tokens that wait for their owners are lost by that")
    }
  }
}
