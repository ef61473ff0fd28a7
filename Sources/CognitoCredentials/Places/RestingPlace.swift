import Glibc

/// Where one session rests.
package enum RestingPlace: String, Sendable {
  case secretService = "secret-service"
  case kernel
  case file

  /// For people.
  package var name: String {
    switch self {
    case .secretService: "the desktop's keyring"
    case .kernel: "this machine's memory"
    case .file: "a file, in clear"
    }
  }

  /// How long it stays there.
  package var lifetime: String {
    switch self {
    case .secretService, .file: "until you sign out"
    case .kernel: "until \(IdleTime.ofThisMachine) without use, or a restart"
    }
  }
}

/// After how much time without use the kernel forgets a persistent keyring.
enum IdleTime {
  private static let file = "/proc/sys/kernel/keys/persistent_keyring_expiry"
  /// What the kernel starts with.
  private static let standard = 259_200

  static var ofThisMachine: String {
    var bytes = [UInt8](repeating: 0, count: 32)
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    let count = descriptor >= 0 ? read(descriptor, &bytes, bytes.count) : 0
    let digits = bytes.prefix(max(count, 0)).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    return text(seconds: Int(String(decoding: digits, as: UTF8.self)) ?? standard)
  }

  static func text(seconds: Int) -> String {
    for (unit, name) in [(86_400, "day"), (3600, "hour"), (60, "minute")] where seconds >= unit && seconds % unit == 0 {
      return seconds == unit ? "one \(name)" : "\(seconds / unit) \(name)s"
    }
    return "\(seconds) seconds"
  }
}
