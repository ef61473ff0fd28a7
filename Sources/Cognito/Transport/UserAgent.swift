import Glibc
import SystemSupport

/// Which program on which machine sends requests: the `User-Agent` header (RFC 9110, section 10.1.5).
///
/// User pools that track sessions show it to people in their list of sessions (``AccountSession/device``), who go by it
/// when they end one. The library names itself and the system alone; a program says more where its people want to
/// recognise it.
public struct UserAgent: Sendable, Hashable {
  /// Which program it is, in a word; `nil` to say nothing of it.
  public var program: String?
  /// Which machine it runs on; `nil` to say nothing of it.
  public var device: String?

  /// - Parameters:
  ///   - program: which program it is, in a word.
  ///   - device: which machine it runs on, by a name that its people know.
  public init(program: String? = nil, device: String? = nil) {
    self.program = program
    self.device = device
  }

  /// A program on this machine, by its host name.
  ///
  /// - Parameter program: which program it is, in a word.
  public static func thisMachine(program: String) -> UserAgent {
    UserAgent(program: program, device: hostName)
  }

  /// What is sent, such as `cognito-login/1.2.0 (cognito; laptop; Linux)`. Nothing that was given can break out of its
  /// place: what isn't printable ASCII, and what has a meaning in a comment, becomes a "?", and each part is cut at 64
  /// characters.
  public var header: String {
    let parts = [program, device].compactMap { $0.map(Self.clean) }.filter { !$0.isEmpty }
    return "cognito-login/\(Version.current) (\((parts + ["Linux"]).joined(separator: "; ")))"
  }

  private static let maximumLength = 64

  private static func clean(_ text: String) -> String {
    let kept = text.unicodeScalars.prefix(maximumLength).map { scalar in
      switch scalar {
      case "(", ")", ";", "\\": "?"
      case " "..."~": String(scalar)
      default: "?"
      }
    }
    return String(kept.joined().drop { $0 == " " })
  }

  private static var hostName: String? {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
