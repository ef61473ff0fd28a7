/// What one client may take of the daemon.
///
/// The rooms are counted apart, so that who fills one shuts nobody out of another: connections that have said nothing yet,
/// conversations that wait for a person, hooks and administration, which wait for nobody.
package struct ConnectionLimits: Sendable {
  /// Connections at once, altogether: more than all rooms hold, and less than LimitNOFILE.
  package var connections = 1024
  /// Connections of all uids but root together, whatever they do.
  package var ordinary = 128
  /// Of those, how many one uid may have.
  package var perUID = 8
  /// Connections of root that have said nothing yet. A module speaks at once: when there are too many, the oldest goes.
  package var silent = 256
  /// Conversations that wait for a person, by where the person is; and how many one of them may have.
  package var remotePeople = Room(all: 256, each: 128)
  package var localPeople = Room(all: 192, each: 16)
  /// Console and display managers: root's own.
  package var rootPeople = Room(all: 64, each: 64)
  /// Hooks that wait for nobody, and root's requests.
  package var hooks = Room(all: 256, each: 64)
  package var rootHooks = Room(all: 128, each: 128)
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

  package struct Room: Sendable {
    package var all: Int
    package var each: Int

    package init(all: Int, each: Int) {
      self.all = all
      self.each = each
    }
  }
}
