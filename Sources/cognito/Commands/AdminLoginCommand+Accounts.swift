import ArgumentParser
import Cognito
import FoundationEssentials
import LoginProtocol
import SystemSupport

extension AdminLoginCommand {
  struct Lock: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lets nobody in by this name, on this machine alone, until it is unlocked. Open sessions stay.")
    @Argument(help: "The login name.") var name: String
    @OptionGroup var daemon: LoginDaemonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      _ = try daemon.ask(.loginLock(try LoginDaemonOptions.login(name)))
      try CommandResult(
        text: "\(name) can't log in to this machine any more. 'loginctl terminate-user \(name)' ends open sessions.",
        json: ["locked": .string(name)]
      ).print(asJSON: output.json)
    }
  }

  struct Unlock: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ends a lock of root's, and forgets a person's wrong passwords and codes: nobody has to wait for them.")
    @Argument(help: "The login name.") var name: String
    @OptionGroup var daemon: LoginDaemonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      _ = try daemon.ask(.loginUnlock(try LoginDaemonOptions.login(name)))
      try CommandResult(text: "\(name) is not locked and need not wait.", json: ["unlocked": .string(name)])
        .print(asJSON: output.json)
    }
  }

  struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Forgets whose account it is: whoever is meant by the name and signs in next has it, uid and home included.")
    @Argument(help: "The login name.") var name: String
    @OptionGroup var daemon: LoginDaemonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      _ = try daemon.ask(.loginForget(try LoginDaemonOptions.login(name)))
      try CommandResult(
        text: "\(name) belongs to nobody now; uid and home stay. The next to sign in by that name has them.",
        json: ["forgotten": .string(name)]
      ).print(asJSON: output.json)
    }
  }

  struct Users: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows who is known: uid, whom the pool knows them as, last sign-in, groups in the pool, and locks.")
    @OptionGroup var daemon: LoginDaemonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let logins = try daemon.logins()
      let text = logins.isEmpty ? "Nobody yet." : Table.text(Self.heading, logins.map(Self.row))
      try CommandResult(text: text, json: ["users": .array(logins)]).print(asJSON: output.json)
    }

    private static let heading = ["NAME", "UID", "IN THE POOL", "LAST SIGN-IN", "STATE", "GROUPS"]

    private static func row(_ login: JSONValue) -> [String] {
      let isKnown = login["known_person"]?.bool ?? false
      let state =
        login["locked"]?.bool == true
        ? "locked" : login["disabled"]?.bool == true ? "disabled" : isKnown ? "bound" : "new"
      let last = login["last_sign_in"]?.int.map { Date(timeIntervalSince1970: Double($0)).formatted(.iso8601) }
      let groups = (login["groups"]?.array ?? []).compactMap(\.string).joined(separator: ",")
      return [
        login["name"]?.string, login["uid"]?.int.map { "\($0)" },
        login["pool_name"]?.string ?? login["pool_user"]?.string,
        last, state, groups.isEmpty ? nil : groups,
      ].map { $0 ?? "-" }
    }
  }

  struct Sessions: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows whose sessions are open, and whose tokens nobody has collected yet.")
    @OptionGroup var daemon: LoginDaemonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      guard case .report(let document) = try daemon.ask(.loginSessions) else { throw LoginDaemonOptions.surprise }
      let report = try JSONValue.parse(Array(document.utf8), maximumDepth: 4)
      let rows = (report["sessions"]?.array ?? []).map { session in
        let waits = session["seconds"]?.int.map { "by \(session["service"]?.string ?? "?"), \($0) s ago" }
        return [
          session["name"]?.string ?? "-", session["uid"]?.int.map { "\($0)" } ?? "-",
          session["open"]?.int.map { "\($0)" } ?? "-", waits ?? "-",
        ]
      }
      var text = rows.isEmpty ? "Nobody." : Table.text(["NAME", "UID", "OPEN", "TOKENS NOT COLLECTED"], rows)
      if let more = report["left_out"]?.int, more > 0 { text += "\n… and \(more) more people" }
      try CommandResult(text: text, json: report).print(asJSON: output.json)
    }
  }
}

/// Columns as wide as their widest entry.
enum Table {
  static func text(_ heading: [String], _ rows: [[String]]) -> String {
    let all = [heading] + rows.map { $0.map { printable($0, maximum: 400) } }
    let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      zip(row, widths).enumerated().map { column, cell in
        column == row.count - 1 ? cell.0 : cell.0 + String(repeating: " ", count: cell.1 - cell.0.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
