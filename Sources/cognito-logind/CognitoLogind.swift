import ArgumentParser
import Logging
import LoginService
import SystemSupport

struct CognitoLogind: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cognito-logind",
    abstract: "Signs people of an Amazon Cognito user pool in to this machine.",
    discussion: "Runs as its own unprivileged user. The socket comes from systemd, or is made at --socket.")

  @Option(help: "The configuration file.")
  var config = "/etc/cognito-login/cognito-login.conf"

  @Option(help: "The directory of the accounts file; made if missing.")
  var state = "/var/lib/cognito-login"

  @Option(help: "Where to listen when systemd hands over no socket.")
  var socket = "/run/cognito-login/logind.sock"

  @Option(help: "The socket of cognito-userdb, which writes userdb records.")
  var writer = "/run/cognito-userdb/socket"

  @Flag(help: "Only look whether the configuration is right: exit status 0, or 78 and what is wrong with it.")
  var checkConfig = false

  @Flag(help: "With --check-config: don't ask the user pool what its settings mean for names.")
  var offline = false

  @Flag(help: "Log more.")
  var verbose = false

  /// EX_CONFIG of sysexits.h, as the unit's RestartPreventExitStatus= has it: starting again wouldn't mend it.
  private static let wrongConfiguration = ExitCode(78)

  func run() async throws {
    if checkConfig {
      let configuration: LoginConfiguration
      do { configuration = try LoginConfiguration.read(config) } catch {
        _ = Descriptor.writeAll(Descriptor.standardError, Array("\(error)\n".utf8))
        throw Self.wrongConfiguration
      }
      for finding in offline ? [] : await configuration.findings() {
        _ = Descriptor.writeAll(Descriptor.standardError, Array("Note: \(finding)\n".utf8))
      }
      return
    }
    let logger = makeLogger()
    let configuration: LoginConfiguration
    do throws(ConfigurationFaults) {
      configuration = try LoginConfiguration.read(config)
    } catch {
      for fault in error.all { logger.critical("\(fault)") }
      throw Self.wrongConfiguration
    }
    do {
      let options = DaemonOptions(configuration: config, state: state, socket: socket, writer: writer)
      try await Daemon(options, logger: logger).run(configuration)
    } catch {
      // What stands in the way, such as a daemon that is still ending, passes by itself: systemd tries again.
      logger.critical("\(error)")
      throw ExitCode.failure
    }
  }

  private func makeLogger() -> Logger {
    var handler = JournalLogHandler(journal: .ofStandardError)
    handler.logLevel = verbose ? .debug : .info
    return Logger(label: "cognito-logind") { [handler] _ in handler }
  }
}
