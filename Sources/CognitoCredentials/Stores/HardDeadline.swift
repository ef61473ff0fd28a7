import Glibc
import Synchronization

/// Runs a call that may never return. libsecret can be asked to give up, and sometimes waits on: then its thread is
/// left behind, and the program, which has its answer, ends without it.
enum HardDeadline {
  /// What a call gets for giving up in order, after it was asked to.
  private static let grace = Duration.seconds(1)

  static func run<Value: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () throws(SessionStoreError) -> Value
  ) throws(SessionStoreError) -> Value {
    let call = HardCall(body)
    guard call.start() else { throw SessionStoreError(.failed, "No thread can be started.") }
    guard let result = call.wait(limit + grace) else {
      throw SessionStoreError(.timedOut, "The Secret Service didn't answer in time.")
    }
    return try result.get()
  }
}

/// `@unchecked Sendable`: the descriptors are written by `init` and closed by `deinit`; the result has its lock.
private final class HardCall<Value: Sendable>: @unchecked Sendable {
  private let body: @Sendable () throws(SessionStoreError) -> Value
  private let result = Mutex<Result<Value, SessionStoreError>?>(nil)
  private var ends: [Int32] = [-1, -1]

  init(_ body: @escaping @Sendable () throws(SessionStoreError) -> Value) {
    self.body = body
    if socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) != 0 { ends = [-1, -1] }
  }

  deinit {
    for end in ends where end >= 0 { close(end) }
  }

  func start() -> Bool {
    guard ends[0] >= 0 else { return false }
    var thread = pthread_t()
    let context = Unmanaged<AnyObject>.passRetained(HardCallBox { self.finish() })
    let isStarted =
      pthread_create(
        &thread, nil,
        { pointer in
          guard let pointer else { return nil }
          (Unmanaged<AnyObject>.fromOpaque(pointer).takeRetainedValue() as? HardCallBox)?.work()
          return nil
        }, context.toOpaque()) == 0
    if isStarted { pthread_detach(thread) } else { context.release() }
    return isStarted
  }

  private func finish() {
    let outcome: Result<Value, SessionStoreError>
    do throws(SessionStoreError) {
      outcome = .success(try body())
    } catch {
      outcome = .failure(error)
    }
    result.withLock { $0 = outcome }
    shutdown(ends[1], Int32(SHUT_RDWR))
  }

  /// - Returns: nil when the time is up.
  func wait(_ limit: Duration) -> Result<Value, SessionStoreError>? {
    let deadline = ContinuousClock.now + limit
    var entry = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    while true {
      let (seconds, attoseconds) = (deadline - ContinuousClock.now).components
      let left = seconds * 1000 + attoseconds / 1_000_000_000_000_000
      let count = poll(&entry, 1, Int32(clamping: max(left, 0)))
      if count > 0 { return result.withLock { $0 } }
      if count == 0 && left <= 0 { return nil }
      if count < 0 && errno != EINTR { return nil }
    }
  }
}

/// What a thread is given: closures have no address of their own.
private final class HardCallBox: Sendable {
  let work: @Sendable () -> Void
  init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}
