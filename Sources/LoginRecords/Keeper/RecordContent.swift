/// What stands in one file of the folder: JSON as systemd's userdb wants it (systemd.io/USER_RECORD, GROUP_RECORD).
package enum RecordContent: Sendable, Equatable {
  case file([UInt8])
  /// A link to another record in the same folder.
  case link(String)

  /// By this we know our own again.
  static let mark = "\"service\":\"cognito-login\""

  static func user(_ name: RecordName, id: UInt32, isLocked: Bool, settings: RecordSettings) -> RecordContent {
    let prefix = settings.homePrefix.hasSuffix("/") ? String(settings.homePrefix.dropLast()) : settings.homePrefix
    return file(
      """
      {"userName":"\(name)","uid":\(id),"gid":\(id),"homeDirectory":\(quoted("\(prefix)/\(name)")),\
      "shell":\(quoted(settings.shell)),"disposition":"regular",\(isLocked ? "\"locked\":true," : "")\(mark)}
      """)
  }

  static func group(_ name: RecordName, id: UInt32) -> RecordContent {
    file("{\"groupName\":\"\(name)\",\"gid\":\(id),\"disposition\":\"regular\",\(mark)}")
  }

  /// An empty file would count as masked.
  static let membership = file("{\(mark)}")

  private static func file(_ text: String) -> RecordContent { .file(Array((text + "\n").utf8)) }

  /// What `isHomeOrShell` takes is printable ASCII: two characters of it mean something in JSON.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text.unicodeScalars {
      if character == "\"" || character == "\\" { quoted.unicodeScalars.append("\\") }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }
}
