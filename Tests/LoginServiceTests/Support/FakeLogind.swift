import FoundationEssentials

/// The files that systemd-logind keeps, as far as a test says so; without a word there is no logind.
final class FakeLogind: Sendable {
  let path: String

  init(_ path: String) { self.path = path }

  /// What logind says of a person: session → what its file says besides its name.
  func says(_ uid: UInt32, _ sessions: [String: String], closing: [String] = []) throws {
    for folder in ["seats", "users", "sessions"] {
      try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
    }
    for (name, lines) in sessions {
      try Data("# This is private data. Do not parse.\nUID=\(uid)\n\(lines)\n".utf8)
        .write(to: URL(filePath: "\(path)/sessions/\(name)"))
    }
    let online = sessions.keys.filter { !closing.contains($0) }.sorted().joined(separator: " ")
    try Data(
      "NAME=alice\nSTATE=active\nSESSIONS=\(sessions.keys.sorted().joined(separator: " "))\nONLINE_SESSIONS=\(online)\n"
        .utf8
    )
    .write(to: URL(filePath: "\(path)/users/\(uid)"))
  }
}
