import Glibc

/// Seconds since 1970, from a source that tests can set.
package struct UnixClock: Sendable {
  private let read: @Sendable () -> Int64

  package init(_ read: @escaping @Sendable () -> Int64) { self.read = read }

  package var now: Int64 { read() }

  package static let system = UnixClock { Int64(time(nil)) }
}
