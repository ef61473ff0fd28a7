/// What one client may take of the daemon.
package struct ConnectionLimits: Sendable {
  /// Connections at once, altogether.
  package var connections = 256
  /// Of those, how many all uids but root may have together: root's logins always find room.
  package var ordinary = 128
  /// How many one uid (other than root) may have.
  package var perUID = 8
  /// Frames that a client may send in one connection.
  package var frames = 256
  /// Until the first frame.
  package var greeting: Duration = .seconds(5)
  /// Until a person has answered a prompt.
  package var answer: Duration = .seconds(180)
  /// Between two requests of a collector.
  package var request: Duration = .seconds(30)
  /// Until the client has taken what it was sent.
  package var write: Duration = .seconds(10)
  /// A whole connection.
  package var total: Duration = .seconds(900)

  package init() {}
}
