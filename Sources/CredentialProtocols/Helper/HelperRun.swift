import SystemSupport

/// One run of a helper: the request is read and parsed, the caller looks up what it asks for, and the answer is written.
/// The same in the small program that knows the cache alone and in the large one that takes over from it.
package struct HelperRun: Sendable {
  /// As it came, for whoever takes over.
  package let input: [UInt8]
  private let helper: any CredentialHelper
  private let unreadable: HelperReply?
  private let output: Int32

  /// - Parameters:
  ///   - input: where the request comes from
  ///   - output: where the answer goes
  package init(
    _ name: HelperName, arguments: [String], input: Int32 = Descriptor.standardInput,
    output: Int32 = Descriptor.standardOutput
  ) {
    let type = name.type
    var request: [UInt8]? = []
    if type.readsInput(arguments) {
      request = Descriptor.readAll(input, maximumBytes: HelperName.maximumInputBytes, until: type.isComplete)
    }
    self.input = request ?? []
    self.output = output
    unreadable =
      request == nil ? HelperReply(message: "\(name.programName): the request can't be read", exitCode: 1) : nil
    helper = type.init(arguments: arguments, input: self.input)
  }

  /// What has to be looked up before there is an answer; `.reply` when there is one.
  package var action: HelperAction { unreadable.map(HelperAction.reply) ?? helper.action }

  /// Writes the answer.
  /// - Parameter outcome: what was found; of no matter when `action` is a reply already
  /// - Returns: the exit code
  package func answer(_ outcome: HelperOutcome = .notServed) -> Int32 {
    if case .reply(let reply) = action { return reply.write(to: output) }
    return helper.reply(to: outcome).write(to: output)
  }
}

extension HelperReply {
  /// Message to standard error, output to `descriptor`.
  /// - Returns: the exit code
  package func write(to descriptor: Int32 = Descriptor.standardOutput) -> Int32 {
    if let message { Descriptor.writeAll(Descriptor.standardError, Array("\(printable(message))\n".utf8)) }
    return Descriptor.writeAll(descriptor, output) ? exitCode : 1
  }
}
