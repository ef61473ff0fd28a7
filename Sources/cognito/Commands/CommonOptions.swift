import ArgumentParser

struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one line of JSON on standard output.")
  var json = false
}

struct ProfileOptions: ParsableArguments {
  @Option(help: "The profile's name. Needed when there are several and none is called default.")
  var profile: String?
}
