import Logging
import SystemSupport

/// SIGHUP: the configuration is read again. Everything that runs goes on: connections, sign-ins, tokens that wait for their
/// owner, counts of wrong answers.
package struct Reload: Sendable {
  private let path: String
  private let context: LoginContext
  private let manager: ServiceManager

  package init(_ path: String, context: LoginContext, manager: ServiceManager) {
    self.path = path
    self.context = context
    self.manager = manager
  }

  /// What `systemctl status` says while all is well.
  var status: String { "Serving user pool \(context.configuration.pool.userPoolID)" }

  /// A file that can't be taken changes nothing, and is told: in the log with its lines, and in the unit's status.
  package func run() async {
    manager.notify("RELOADING=1")
    let problems = take()
    guard problems.isEmpty else {
      for problem in problems { context.logger.error("the configuration stays as it was: \(problem)") }
      manager.notify("READY=1\nSTATUS=\(status), by an earlier configuration: the one in \(path) can't be taken")
      return
    }
    context.logger.notice("configuration read again", metadata: ["configuration": "\(path)"])
    await makeKnown()
    manager.notify("READY=1\nSTATUS=\(status)")
  }

  /// - Returns: what stands in the way.
  private func take() -> [String] {
    do {
      let fresh = try LoginConfiguration.read(path)
      try context.configuration.replace(by: fresh, authority: CognitoAuthority(fresh.pool), file: path)
      return []
    } catch let faults as ConfigurationFaults {
      return faults.all.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  /// Brings the machine's records of people to what the accounts and the configuration say.
  func makeKnown() async {
    do {
      try await context.userdb.publish()
      let people = try await context.accounts.count()
      context.logger.notice(
        "people made known to the machine", metadata: ["people": "\(people)", "configuration": "\(path)"])
    } catch {
      // Records that are there let people in; and the writer is asked again.
      context.logger.error("userdb records can't be brought up to date", metadata: ["reason": "\(error)"])
    }
  }
}
