import ArgumentParser
import Cognito
import LocalPool

struct ImportUsers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Read users from a JSON file.",
    discussion: """
      The file has "users" and "groups" as in a seed file, or is what `aws cognito-idp list-users` wrote. Users from AWS \
      keep their sub and have to set a new password: AWS gives none out.
      """)
  @OptionGroup var options: StateOptions

  @Argument(help: "The JSON file.")
  var file: String

  func run() throws {
    let bytes = try InputFile.read(file)
    try options.run { desk, pool in
      let report = try UserImport(json: bytes).apply(to: pool, desk.context)
      options.show(
        ["added": .int(Int64(report.added)), "skipped": .array(report.skipped.map { .string($0) })],
        ["added \(report.added)"] + report.skipped.map { "skipped \($0): the name is taken" })
    }
  }
}
