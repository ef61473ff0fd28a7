import Glibc
import LoginRecords
import SystemSupport

/// cognito-userdb: root's own program, which alone writes users' records.
struct UserdbProgram {
  private static let usage = """
    usage: cognito-userdb [--config FILE] [--state DIR] [--userdb DIR] [--socket PATH] [--daemon NAME|UID] [--withdraw]

    """

  let arguments: [String]

  func run() -> Int32 {
    guard let options = UserdbOptions(arguments) else {
      Descriptor.writeAll(Descriptor.standardError, Array(Self.usage.utf8))
      return 2
    }
    umask(0o077)
    do {
      let daemon = try options.daemonUID()
      let keeper = try RecordKeeper(
        surroundings(options), bindings: Bindings(folder: options.state), memory: RecordMemory(folder: options.state),
        folder: RecordFolder(options.userdb, formerOwner: daemon))
      if options.withdraws {
        try keeper.removeAllRecords()
        return 0
      }
      guard let daemon else {
        throw ConfigurationError(
          file: options.daemon, "there is no such user", advice: "Make it with systemd-sysusers, or name another")
      }
      let socket = try UserdbSocket(options.socket)
      keeper.restore()
      ServiceManager().notify("READY=1")
      log("<6>ready")
      RecordServer(listener: socket.descriptor, caller: daemon, log: log)
        .run(keeper, idleLimit: socket.isSystemds ? Self.idleLimit : -1)
      return 0
    } catch {
      log("<2>\(error)")
      return 1
    }
  }

  /// Five minutes: the socket stays, and starts us again.
  private static let idleLimit: Int32 = 300_000

  private func surroundings(_ options: UserdbOptions) -> RecordKeeper.Surroundings {
    let machine = MachineFiles()
    return RecordKeeper.Surroundings(
      settings: { try RecordSettings.read(options.configuration) }, machine: { try machine.read() },
      directories: NameServices(), systemNames: { SystemNames.inSysusers() }, log: log)
  }

  private func log(_ line: String) {
    Descriptor.writeAll(Descriptor.standardError, Array((printable(line, maximum: 2000) + "\n").utf8))
  }
}
