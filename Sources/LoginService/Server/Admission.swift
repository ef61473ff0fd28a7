import LoginProtocol
import Synchronization

/// Counts connections, by who caused them. When there are too many, new ones are closed unheard: never is a check left out
/// to make room.
final class Admission: Sendable {
  /// What a connection is there for, once it has spoken.
  enum Purpose {
    /// A person is being asked.
    case person(Origin)
    /// Nobody is waited for.
    case hook(Origin)
    case request
  }

  /// One connection's place. To be given back by `leave`.
  final class Place: Sendable {
    let peer: Peer
    fileprivate let number: UInt64
    private let end = Mutex<End>(.open)

    private enum End {
      case open
      case closable(@Sendable () -> Void)
      case taken
    }

    fileprivate init(_ peer: Peer, number: UInt64) {
      self.peer = peer
      self.number = number
    }

    /// How to close the connection when its place goes to somebody else; done at once when it already has.
    func whenTaken(_ close: @escaping @Sendable () -> Void) {
      let isTaken = end.withLock { end in
        if case .taken = end { return true }
        end = .closable(close)
        return false
      }
      if isTaken { close() }
    }

    fileprivate func take() {
      let close: (@Sendable () -> Void)? = end.withLock { end in
        defer { end = .taken }
        if case .closable(let close) = end { return close }
        return nil
      }
      close?()
    }
  }

  private enum Room: Hashable {
    case remotePeople, localPeople, rootPeople, hooks, rootHooks
  }

  private struct Seat: Hashable {
    let room: Room
    let origin: Origin
  }

  private struct Counts {
    var last: UInt64 = 0
    var all = 0
    var ordinary: [UInt32: Int] = [:]
    var silent: [UInt64: Place] = [:]
    var seats: [UInt64: Seat] = [:]
    var rooms: [Room: Int] = [:]
    var origins: [Seat: Int] = [:]
  }

  private let limits: ConnectionLimits
  private let counts = Mutex(Counts())

  init(_ limits: ConnectionLimits) { self.limits = limits }

  /// A place for a new connection; nil when there is none.
  func enter(_ peer: Peer) -> Place? {
    let (place, oldest) = counts.withLock { counts -> (Place?, Place?) in
      guard counts.all < limits.connections else { return (nil, nil) }
      var oldest: Place?
      if !peer.isRoot {
        guard counts.ordinary.values.reduce(0, +) < limits.ordinary,
          counts.ordinary[peer.uid, default: 0] < limits.perUID
        else { return (nil, nil) }
        counts.ordinary[peer.uid, default: 0] += 1
      } else if counts.silent.count >= limits.silent, let first = counts.silent.keys.min() {
        oldest = counts.silent.removeValue(forKey: first)
      }
      counts.last += 1
      counts.all += 1
      let place = Place(peer, number: counts.last)
      if peer.isRoot { counts.silent[place.number] = place }
      return (place, oldest)
    }
    oldest?.take()
    return place
  }

  /// The connection has said what it is there for.
  ///
  /// - Returns: false when who caused it has had enough, or its room is full.
  func settle(_ place: Place, _ purpose: Purpose) -> Bool {
    // Others than root stay within their uid's few connections whatever they do.
    guard place.peer.isRoot else { return true }
    let (seat, room) = seat(for: purpose)
    return counts.withLock { counts in
      counts.silent[place.number] = nil
      guard counts.rooms[seat.room, default: 0] < room.all, counts.origins[seat, default: 0] < room.each else {
        return false
      }
      counts.seats[place.number] = seat
      counts.rooms[seat.room, default: 0] += 1
      counts.origins[seat, default: 0] += 1
      return true
    }
  }

  func leave(_ place: Place) {
    counts.withLock { counts in
      counts.all -= 1
      counts.silent[place.number] = nil
      if !place.peer.isRoot { Self.decrease(&counts.ordinary, place.peer.uid) }
      if let seat = counts.seats.removeValue(forKey: place.number) {
        Self.decrease(&counts.rooms, seat.room)
        Self.decrease(&counts.origins, seat)
      }
    }
  }

  var count: Int { counts.withLock { $0.all } }

  private func seat(for purpose: Purpose) -> (Seat, ConnectionLimits.Room) {
    switch purpose {
    case .person(.local(0)): (Seat(room: .rootPeople, origin: .local(0)), limits.rootPeople)
    case .person(let origin):
      if case .remote = origin {
        (Seat(room: .remotePeople, origin: origin), limits.remotePeople)
      } else {
        (Seat(room: .localPeople, origin: origin), limits.localPeople)
      }
    case .hook(.local(0)), .request: (Seat(room: .rootHooks, origin: .local(0)), limits.rootHooks)
    case .hook(let origin): (Seat(room: .hooks, origin: origin), limits.hooks)
    }
  }

  private static func decrease<Key>(_ counts: inout [Key: Int], _ key: Key) {
    let left = counts[key, default: 1] - 1
    counts[key] = left > 0 ? left : nil
  }
}

extension Hook {
  /// Whether a person may be asked something.
  var asksSomebody: Bool {
    switch self {
    case .authenticate, .changeCheck, .changeUpdate: true
    case .account, .openSession, .closeSession: false
    }
  }
}
