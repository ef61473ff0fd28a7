// libFuzzer target for the git and docker request readers, compiled together with Sources/CredentialProtocols.

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: size))
  for operation in ["get", "store", "erase"] {
    check(GitCredentialHelper(arguments: [operation], input: input), input)
    check(DockerCredentialHelper(arguments: [operation], input: input), input)
  }
  if let message = try? GitCredentialMessage(parsing: input) { check(message, input) }
  return 0
}

/// What was read is on a line of its own in the input, byte for byte: no other line end, no host made of two.
private func check(_ message: GitCredentialMessage, _ input: [UInt8]) {
  let lines = Set(input.split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init))
  for (key, value) in [("protocol", message.scheme), ("host", message.host), ("username", message.username)] {
    guard let value else { continue }
    precondition(lines.contains(Array("\(key)=\(value)".utf8)))
    precondition(!value.utf8.contains(where: { $0 == 0 || $0 == 0x0a || $0 == 0x0d }))
  }
}

private func check(_ helper: some CredentialHelper, _ input: [UInt8]) {
  let credential = Credential(username: "ann", token: "token", expiresAt: 1)
  switch helper.action {
  case .reply(let reply): precondition(!contains(reply.output, "token\n"))
  case .get(let target), .erase(let target, _): precondition(!target.host.isEmpty)
  case .list: preconditionFailure("nobody asked for a list")
  }
  // Whatever the request was: a found token comes out in the right number of lines, or not at all.
  let reply = helper.reply(to: .found(credential))
  let lines = reply.output.filter { $0 == 0x0a }.count
  precondition(reply.output.isEmpty || [1, 3, 5].contains(lines))
  for outcome in [HelperOutcome.notServed, .erased, .unavailable(reason: "why")] {
    precondition(!contains(helper.reply(to: outcome).output, "token\n"))
  }
}

private func contains(_ bytes: [UInt8], _ text: String) -> Bool {
  let wanted = Array(text.utf8)
  return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
}
