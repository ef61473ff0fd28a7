import Glibc
import LoginRecords

struct UserdbOptions {
  private(set) var configuration = "/etc/cognito-login/cognito-login.conf"
  private(set) var state = "/var/lib/cognito-userdb"
  private(set) var userdb = "/run/userdb"
  private(set) var socket = "/run/cognito-userdb/socket"
  /// Who is listened to.
  private(set) var daemon = "cognito-login"
  /// Remove all records, and end.
  private(set) var withdraws = false

  /// nil for anything that isn't an option.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      if option == "--withdraw" {
        withdraws = true
        continue
      }
      guard let value = rest.popFirst(), !value.isEmpty else { return nil }
      switch option {
      case "--config": configuration = value
      case "--state": state = value
      case "--userdb": userdb = value
      case "--socket": socket = value
      case "--daemon": daemon = value
      default: return nil
      }
    }
  }

  /// Of a system user in /etc/passwd, or a number; nil when there is no such user. Root and people are nobody to listen to.
  func daemonUID() throws -> uid_t? {
    let uid = try UInt32(daemon) ?? AccountFiles(in: "/etc").users[daemon]
    return uid.flatMap { (1..<1000).contains($0) ? $0 : nil }
  }
}
