import Synchronization

/// Sign-ins that wait for a device's proof, by client, user and device: some clients (pycognito) send no `Session` with
/// DEVICE_SRP_AUTH, and Cognito takes that. What is here has the password behind it, and still lacks the device's own proof.
package final class DeviceSignIns: Sendable {
  private struct Name: Hashable {
    let clientID: String
    let username: String
    let deviceKey: String
  }

  private let waiting = Mutex<[Name: SignInState]>([:])
  private let capacity = 10_000

  package init() {}

  func remember(_ state: SignInState, now: Int64) {
    guard let deviceKey = state.deviceKey else { return }
    let name = Name(clientID: state.clientID, username: state.username, deviceKey: deviceKey)
    waiting.withLock { waiting in
      if waiting.count >= capacity { waiting = waiting.filter { $0.value.expires > now } }
      // Full of sign-ins that are all still good: this one then needs its session.
      guard waiting.count < capacity || waiting[name] != nil else { return }
      waiting[name] = state
    }
  }

  /// The newest such sign-in, which is forgotten by this.
  func take(clientID: String, username: String, deviceKey: String) -> SignInState? {
    waiting.withLock {
      $0.removeValue(forKey: Name(clientID: clientID, username: username, deviceKey: deviceKey))
    }
  }
}
