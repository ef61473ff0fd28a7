import FoundationEssentials
import Synchronization

/// Something that ends at some moment, kept and replaced in time.
///
/// However many callers wait, it is got once at a time, in a task of its own: a caller that is cancelled stops waiting
/// and doesn't take the answer from the rest.
final class Kept<Value: Sendable>: Sendable {
  private let margin: Duration
  private let now: @Sendable () -> Date
  private let end: @Sendable (Value) -> Date?
  private let fetch: @Sendable () async throws -> Value
  private let value = Mutex<Value?>(nil)
  private let flight = SingleFlight<Value>()

  /// - Parameters:
  ///   - margin: how long before its end a value is replaced.
  ///   - now: the clock.
  ///   - end: when a value ends; `nil` for one that never does.
  ///   - fetch: gets a value.
  init(
    margin: Duration, now: @escaping @Sendable () -> Date, end: @escaping @Sendable (Value) -> Date?,
    fetch: @escaping @Sendable () async throws -> Value
  ) {
    self.margin = margin
    self.now = now
    self.end = end
    self.fetch = fetch
  }

  /// The kept value, or a new one when it is about to end. An old one that is still valid is better than a failure to
  /// get a new one.
  ///
  /// - Parameter isRefused: whether a value can't be used though it hasn't ended.
  /// - Throws: what `fetch` throws, when nothing that is still valid is kept; ``CognitoError/Code/cancelled`` when the
  ///   calling task is cancelled.
  func current(unless isRefused: @escaping @Sendable (Value) -> Bool = { _ in false }) async throws(CognitoError)
    -> Value
  {
    if let value = valid(for: margin, isRefused) { return value }
    do {
      return try await CognitoError.typed {
        try await flight.run { [self] in
          // The flight before this one may have seen to it.
          if let value = valid(for: margin, isRefused) { return value }
          let fresh = try await fetch()
          value.withLock { $0 = fresh }
          return fresh
        }
      }
    } catch {
      if !Task.isCancelled, let value = valid(for: .zero, isRefused) { return value }
      throw error
    }
  }

  /// What is kept, if it doesn't end within this span.
  private func valid(for span: Duration, _ isRefused: (Value) -> Bool) -> Value? {
    guard let value = value.withLock({ $0 }), !isRefused(value) else { return nil }
    guard let end = end(value) else { return value }
    return end.timeIntervalSince(now()) > span / .seconds(1) ? value : nil
  }
}
