import Glibc

/// A descriptor that is closed when nobody holds it any more.
package struct OwnedDescriptor: ~Copyable {
  /// -1: none.
  package let number: Int32

  package init(_ number: Int32) { self.number = number }

  package static var none: OwnedDescriptor { OwnedDescriptor(-1) }

  deinit { if isOpen { close(number) } }

  package var isOpen: Bool { number >= 0 }

  /// In a process whose standard streams are closed, a new descriptor may get one of their numbers, and would be closed when
  /// the stream is put there for a program that is started.
  /// - Returns: none on error, with `errno` set.
  package consuming func aboveStreams() -> OwnedDescriptor {
    if !isOpen || number > STDERR_FILENO { return self }
    return OwnedDescriptor(fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1))
  }
}
