import COpenSSL

/// A password, token or key: its bytes are overwritten when the last reference goes, and it can't be printed by
/// accident. It has no `Encodable` conformance on purpose.
///
/// `@unchecked Sendable`: the memory is written in `init` and in `deinit` alone, and only read in between.
public final class Secret: @unchecked Sendable {
  private let memory: UnsafeMutableRawBufferPointer

  /// Copies the bytes. The caller's copy is the caller's to wipe.
  public init(bytes: some Collection<UInt8>) {
    memory = .allocate(byteCount: bytes.count, alignment: 1)
    memory.copyBytes(from: bytes)
  }

  /// Copies the text as UTF-8, with no Unicode normalisation: Cognito hashes passwords exactly as they are typed.
  public convenience init(utf8 text: String) {
    self.init(bytes: Array(text.utf8))
  }

  deinit {
    OPENSSL_cleanse(memory.baseAddress, memory.count)
    memory.deallocate()
  }

  /// The number of bytes.
  public var count: Int { memory.count }

  /// Whether there are no bytes.
  public var isEmpty: Bool { memory.isEmpty }

  /// Lends the bytes. Do not keep a copy longer than the call needs it.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(memory))
  }

  /// A copy as an array, for our own primitives.
  package var bytes: [UInt8] { Array(memory) }

  /// The secret as text, for protocols that take nothing else. Swift strings can't be wiped: use it last.
  ///
  /// - Returns: `nil` when the bytes are not UTF-8.
  public func revealed() -> String? {
    String(validating: memory, as: UTF8.self)
  }
}

extension Secret: Equatable {
  /// Compares in time that doesn't depend on the contents, and with no copy: the optimizer would put one on the stack, where
  /// nobody wipes it.
  public static func == (left: Secret, right: Secret) -> Bool {
    guard left.count == right.count else { return false }
    return left.isEmpty || CRYPTO_memcmp(left.memory.baseAddress, right.memory.baseAddress, left.count) == 0
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always the same text.
  public var description: String { "<secret>" }
  /// Always the same text.
  public var debugDescription: String { "<secret>" }
  /// Hides the contents from `dump`.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
