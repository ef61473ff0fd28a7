import Cognito
import TokenCache

/// What becomes of the device that a pool makes for a sign-in.
package struct DeviceKeeping: Sendable {
  private let client: UserPoolClient
  private let name: String

  /// - Parameter name: what the user's list of devices calls this program on this machine
  package init(_ client: UserPoolClient, name: String = NewDevice.suggestedName(for: "cognito")) {
    self.client = client
    self.name = name
  }

  /// The device to sign in with: the one of the session before, if the person has said that it may stand for the second
  /// factor and signs in by the same name again.
  package static func device(of session: StoredSession?, for profile: Profile, typedName: String) -> RememberedDevice? {
    guard let session, session.belongs(to: profile),
      typedName == session.typedName || typedName == session.username
    else { return nil }
    return session.device
  }

  /// Confirms a new device, without which the session ends with its first tokens, and says in the session what is kept
  /// of it: its password only if it may stand for the second factor.
  /// - Parameters:
  ///   - previous: the session that this one takes the place of
  ///   - isRemembered: whether the person wants that
  /// - Returns: why the session can't be renewed, or the wish not be granted; nil when all is well.
  package func settle(
    _ session: inout StoredSession, _ result: SignInResult, previous: StoredSession?, isRemembered: Bool
  ) async -> (any Error)? {
    guard let device = result.newDevice else {
      // The device that signed in is the one of the session before.
      if let previous, let key = session.deviceKey, key == previous.deviceKey {
        (session.ownsDevice, session.device) = (previous.ownsDevice, previous.device)
      }
      return nil
    }
    session.deviceKey = device.key
    session.ownsDevice = true
    do {
      let user = client.user(result.tokens)
      let confirmed = try await user.confirm(device, name: name)
      guard isRemembered else { return nil }
      session.device = confirmed.device
      if confirmed.needsUserConfirmation { try await user.setDevice(device.key, remembered: true) }
      return nil
    } catch {
      return error
    }
  }

  /// Makes the pool forget the device of a session that another one of the same person has taken the place of: else each
  /// sign-in would leave one behind. Best effort.
  package func forget(_ previous: StoredSession?, replacedBy session: StoredSession, _ tokens: TokenSet) async {
    guard let previous, previous.ownsDevice, let key = previous.deviceKey, key != session.deviceKey,
      previous.isSameAccount(as: session), previous.clientID == session.clientID
    else { return }
    try? await client.user(tokens).forgetDevice(key)
  }
}
