import ArgumentParser
import Cognito
import Glibc
import LocalPool

struct OutboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox", abstract: "Show the messages that AWS would have sent by SMS and e-mail.")
  @OptionGroup var options: StateOptions

  @Option(help: ArgumentHelp("Only messages after the one of this number.", valueName: "number"))
  var after: Int64 = 0

  @Flag(help: "Go on showing new ones until interrupted.")
  var follow = false

  func run() throws {
    try options.run { desk, pool in
      var last = after
      repeat {
        let messages = try desk.context.store.read { try $0.outbox.list(pool: pool.id, after: last, limit: 1000) }
        for message in messages { show(message) }
        last = messages.last?.id ?? last
        fflush(nil)
        if follow { usleep(500_000) }
      } while follow
    }
  }

  private func show(_ message: OutboxMessage) {
    options.show(
      message.json,
      [
        "\(message.id)  \(message.medium.rawValue) to \(message.destination) for \(message.username): \(message.subject)",
        "    \(message.body)",
      ])
  }
}
