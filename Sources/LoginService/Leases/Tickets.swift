import Cognito
import LoginProtocol

/// What the first half of a password change proved, for its second half. Each is good once, for a few minutes, for the
/// same name and the same uid.
package actor Tickets {
  package struct Proof: Sendable {
    package let tokens: LoginTokens
    package let password: Secret
  }

  private struct Entry {
    let ticket: SecretBytes
    let name: LoginName
    let uid: UInt32
    let proof: Proof
    let since: Int64
  }

  private let clock: BootClock
  private let capacity: Int
  private let lifetime: Int64
  private var entries: [Entry] = []

  package init(clock: BootClock = .system, capacity: Int = 64, lifetime: Int64 = 300) {
    self.clock = clock
    self.capacity = capacity
    self.lifetime = lifetime
  }

  /// - Returns: nil when too many are open: the second half then asks for the password again.
  package func issue(_ proof: Proof, name: LoginName, uid: UInt32) -> SecretBytes? {
    guard entries.count < capacity else { return nil }
    let ticket = SecretBytes(SecureRandom.bytes(32))
    entries.append(Entry(ticket: ticket, name: name, uid: uid, proof: proof, since: clock.now))
    return ticket
  }

  /// Takes the ticket, whether or not it is good.
  package func redeem(_ ticket: SecretBytes, name: LoginName, uid: UInt32) -> Proof? {
    guard let index = entries.firstIndex(where: { $0.ticket == ticket }) else { return nil }
    let entry = entries.remove(at: index)
    guard entry.name == name, entry.uid == uid, clock.now - entry.since <= lifetime else { return nil }
    return entry.proof
  }

  /// Takes away what nobody came back for, so that the tokens can be ended.
  package func expired() -> [Proof] {
    let old = entries.filter { clock.now - $0.since > lifetime }
    entries.removeAll { clock.now - $0.since > lifetime }
    return old.map(\.proof)
  }
}
