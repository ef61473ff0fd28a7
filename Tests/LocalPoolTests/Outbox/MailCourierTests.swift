import FoundationEssentials
import Logging
import Synchronization
import TestSupport
import Testing

@testable import LocalPool

@Suite("taking messages to a mail server")
struct MailCourierTests {
  /// A mail server that says what it is told to, and a clock.
  private final class Server: MailTransport {
    let failures = Mutex<[SMTPFailure]>([])
    let taken = Mutex<[String]>([])
    let seconds = Mutex<Double>(1000)

    func deliver(_ message: OutboxMessage) async throws(SMTPFailure) {
      if let failure = failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw failure }
      taken.withLock { $0.append(message.destination) }
    }

    func fail(_ failure: SMTPFailure, times: Int = 1) {
      failures.withLock { $0 += Array(repeating: failure, count: times) }
    }
    func wait(_ time: Int64) { seconds.withLock { $0 += Double(time) } }
  }

  private let directory = TemporaryDirectory()
  private let store: PoolStore
  private let server = Server()
  private let courier: MailCourier
  private let outbox: StoredOutbox

  init() throws {
    store = try PoolStore(directory: directory.path)
    courier = MailCourier(
      transport: server, now: { [server] in Date(timeIntervalSince1970: server.seconds.withLock { $0 }) },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    outbox = StoredOutbox(store: store, courier: courier)
  }

  private func write(_ name: String) throws {
    try outbox.deliver(
      OutboxMessage(
        poolID: "local_A", username: name, medium: .email, destination: name, kind: "sign-up", subject: "Hi", body: "x",
        code: nil, createdAt: Date(timeIntervalSince1970: 0)))
  }

  private var taken: [String] { server.taken.withLock { $0 } }

  @Test("messages are delivered once, in their order")
  func delivers() async throws {
    for name in ["a", "b", "c"] { try write(name) }
    #expect(await courier.turn(store) == nil)
    #expect(await courier.turn(store) == nil)
    #expect(taken == ["a", "b", "c"])
  }

  @Test("a server that is out of reach is left alone for longer and longer, and gets the message in the end")
  func unreachable() async throws {
    try write("a")
    server.fail(.unreachable("no"), times: 3)
    for pause in MailCourier.pauses.prefix(3) {
      #expect(await courier.turn(store) == pause)
      #expect(await courier.turn(store) == pause, "not before its time")
      server.wait(pause)
    }
    #expect(await courier.turn(store) == nil)
    #expect(taken == ["a"])
  }

  @Test("a message refused for now doesn't hold up the others; one refused for good isn't tried again")
  func refusals() async throws {
    for name in ["a", "b", "c"] { try write(name) }
    server.fail(.refused(SMTPReply(code: 451, text: "")))
    server.fail(.refused(SMTPReply(code: 550, text: "")))
    #expect(await courier.turn(store) == MailCourier.pauses[0])
    #expect(taken == ["c"])
    server.wait(MailCourier.pauses[0])
    #expect(await courier.turn(store) == nil)
    #expect(taken == ["c", "a"])
  }

  @Test("the courier gives up after the last pause; the message stays in the outbox")
  func givesUp() async throws {
    try write("a")
    server.fail(.unreachable("no"), times: MailCourier.pauses.count + 1)
    for pause in MailCourier.pauses {
      #expect(await courier.turn(store) == min(pause, 60))
      server.wait(pause)
    }
    #expect(await courier.turn(store) == nil)
    server.wait(1_000_000)
    #expect(await courier.turn(store) == nil && taken.isEmpty)
    #expect(try store.read { try $0.outbox.list(limit: 10) }.map(\.username) == ["a"])
  }

  @Test("what waits is there after a restart")
  func restart() async throws {
    try write("a")
    let again = try PoolStore(directory: directory.path)
    #expect(await courier.turn(again) == nil)
    #expect(taken == ["a"])
  }
}
