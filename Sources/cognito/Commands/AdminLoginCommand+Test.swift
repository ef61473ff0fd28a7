import ArgumentParser
import Cognito
import LoginProtocol
import SystemSupport

extension AdminLoginCommand {
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test-login",
      abstract:
        "Asks for a person's password and says, step by step, what a login would come to. Nothing is kept of it.")
    @Argument(help: "The login name.") var name: String
    @Option(help: "The program to log in by, as PAM calls it.") var service = "sshd"
    @OptionGroup var daemon: LoginDaemonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let login = try LoginDaemonOptions.login(name)
      let terminal = try Terminal()
      var steps: [String] = []
      let outcome = try LoginClient(socketPath: daemon.socket).converse(
        .loginTest(login, service: service),
        ask: { prompt in
          var lines = prompt.text.split(separator: "\n", omittingEmptySubsequences: false).map {
            printable(String($0), maximum: 4096)
          }
          let text = lines.popLast() ?? ""
          for line in lines { terminal.show(line) }
          guard prompt.echo else { return try terminal.askSecret(text).withBytes { SecretBytes($0) } }
          return SecretBytes(utf8: try terminal.ask(text))
        },
        tell: { text in
          let shown = printable(text, maximum: 4096, keepsLines: true)
          steps.append(shown)
          if !output.json { terminal.show(shown) }
        })
      guard outcome.code == .success, outcome.user == login else {
        throw CommandFailure(.refused, "\(name) would not be let in by \(service).", code: "\(outcome.code)")
      }
      try CommandResult(
        text: "\(name): no objection by \(service).",
        json: ["login": .string(name), "service": .string(service), "steps": .array(steps.map { .string($0) })]
      ).print(asJSON: output.json)
    }
  }
}
