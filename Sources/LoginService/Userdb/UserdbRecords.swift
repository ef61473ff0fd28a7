import Cognito
import LoginProtocol

/// JSON records as systemd's userdb wants them (systemd.io/USER_RECORD, GROUP_RECORD), by file name.
package struct UserdbRecords: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case file([UInt8])
    /// A link to another record in the same folder.
    case link(String)
  }

  package let contents: [String: Content]

  package init(_ directory: AccountDirectory, login: LoginConfiguration.Login) {
    var contents: [String: Content] = [:]
    for account in directory.accounts where login.ids.contains(account.id) {
      let (name, id) = (account.name.text, account.id)
      contents["\(name).user"] = .file(Self.user(account, login: login))
      contents["\(id).user"] = .link("\(name).user")
      contents["\(name).group"] = .file(Self.group(name, id))
      contents["\(id).group"] = .link("\(name).group")
      guard !account.isDisabled else { continue }
      for group in login.groupMap.linuxGroups(of: account.groups) {
        guard directory.localGroups.contains(group) || directory.ownGroups[group] != nil else { continue }
        // An empty file would count as masked.
        contents["\(name):\(group).membership"] = .file(Array("{}\n".utf8))
      }
    }
    for (name, id) in directory.ownGroups where login.ids.contains(id) {
      contents["\(name).group"] = .file(Self.group(name, id))
      contents["\(id).group"] = .link("\(name).group")
    }
    self.contents = contents
  }

  private static func user(_ account: Account, login: LoginConfiguration.Login) -> [UInt8] {
    let prefix = login.homePrefix.hasSuffix("/") ? String(login.homePrefix.dropLast()) : login.homePrefix
    let record: JSONValue = [
      "userName": .string(account.name.text), "uid": .int(Int64(account.id.number)),
      "gid": .int(Int64(account.id.number)), "homeDirectory": .string("\(prefix)/\(account.name.text)"),
      "shell": .string(login.shell), "disposition": "regular", "service": .string(service),
    ]
    return record.serialized() + [UInt8(ascii: "\n")]
  }

  private static func group(_ name: String, _ id: AccountID) -> [UInt8] {
    let record: JSONValue = [
      "groupName": .string(name), "gid": .int(Int64(id.number)), "disposition": "regular", "service": .string(service),
    ]
    return record.serialized() + [UInt8(ascii: "\n")]
  }

  private static let service = "cognito-login"
}
