import FoundationEssentials
import Glibc
import SystemSupport

/// The part of the outside world in which credentials are looked for. Tests and daemons make their own, so that
/// nothing of the real machine gets in.
public struct AWSSurroundings: Sendable {
  /// Environment variables.
  public var environment: [String: String]
  /// Contents of a file, or `nil` when there is none. Throws when it is there and can't be read.
  public var readFile: @Sendable (_ path: String) throws(CognitoError) -> [UInt8]?
  /// The time.
  public var now: @Sendable () -> Date

  /// - Parameters:
  ///   - environment: environment variables, `AWS_PROFILE` and its like, and `HOME`.
  ///   - readFile: reads a file as a whole, or returns `nil` when there is none.
  ///   - now: the time.
  public init(
    environment: [String: String], readFile: @escaping @Sendable (String) throws(CognitoError) -> [UInt8]?,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.environment = environment
    self.readFile = readFile
    self.now = now
  }

  /// This process's environment and files.
  public static var process: AWSSurroundings {
    AWSSurroundings(environment: ProcessInfo.processInfo.environment, readFile: Self.readSmallFile)
  }

  /// A variable that is set and not empty.
  package func variable(_ name: String) -> String? {
    guard let value = environment[name], !value.isEmpty else { return nil }
    return value
  }

  /// Configuration files are small: a longer one is refused before it fills the memory.
  private static let longestFile = 1 << 20

  @Sendable private static func readSmallFile(_ path: String) throws(CognitoError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw CognitoError(.invalidConfiguration, "The file \(path) can't be opened: \(reason(errno)).")
    }
    defer { close(descriptor) }
    if let contents = Descriptor.readAll(descriptor, maximumBytes: longestFile) { return contents }
    guard errno != EFBIG else {
      throw CognitoError(.invalidConfiguration, "The file \(path) is longer than \(longestFile) bytes.")
    }
    throw CognitoError(.invalidConfiguration, "The file \(path) can't be read: \(reason(errno)).")
  }

  /// glibc's answer is one of its constants or in memory of this thread.
  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
