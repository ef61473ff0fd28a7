import FoundationEssentials
import Synchronization

/// The last requests, for the page that shows them: what was called and how it ended, never what was in it.
package final class RequestLog: OperationInterceptor {
  package struct Entry: Sendable {
    let at: Date
    package let operation: String
    package let status: Int
    /// The exception, e.g. `NotAuthorizedException`; empty for a success.
    let error: String
    let milliseconds: Int
    let remote: String
  }

  private static let kept = 200
  private let entries = Mutex<[Entry]>([])

  package init() {}

  /// Newest first.
  package var latest: [Entry] { entries.withLock { $0.reversed() } }

  package func intercept(operation: String, _ request: PoolRequest, proceed: () -> PoolResponse) -> PoolResponse {
    let start = ContinuousClock.now
    let response = proceed()
    guard !operation.hasPrefix(AdminPage.prefix), operation != Page.stylePath else { return response }
    let took = (ContinuousClock.now - start).components
    let error = response.headers.first { $0.name.lowercased() == "x-amzn-errortype" }?.value.dropLast() ?? ""
    let entry = Entry(
      at: Date(), operation: String(operation.prefix(128)), status: response.status, error: String(error),
      milliseconds: Int(took.seconds * 1000 + took.attoseconds / 1_000_000_000_000_000), remote: request.remoteAddress)
    entries.withLock { entries in
      entries.append(entry)
      if entries.count > Self.kept { entries.removeFirst(entries.count - Self.kept) }
    }
    return response
  }
}
