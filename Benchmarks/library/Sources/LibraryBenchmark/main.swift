// Measures whole SRP sign-ins and token verifications through the public API, with a pool that gives prepared answers.
//
//     LibraryBenchmark INPUT.json ROUNDS
//
// Prints {"srp": [seconds…], "verify": [seconds…], "first": seconds}: CPU time of the process for each round, and for its
// very first sign-in, which makes the tables that the later ones use.

import Cognito
import FoundationEssentials
import Glibc

/// Answers InitiateAuth with the prepared challenge and everything after it with the prepared tokens.
struct PreparedPool: HTTPTransport {
  let challenge: [UInt8]
  let tokens: [UInt8]

  func send(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async throws(CognitoError) -> HTTPResponse {
    let isFirst = request.headers.contains { $0.value.hasSuffix(".InitiateAuth") }
    return HTTPResponse(status: 200, body: isFirst ? challenge : tokens)
  }
}

func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func measured(_ rounds: Int, _ body: () async throws -> Void) async throws -> JSONValue {
  for _ in 0..<3 { try await body() }
  var times: [JSONValue] = []
  for _ in 0..<rounds {
    let start = cpuSeconds()
    try await body()
    times.append(.double(cpuSeconds() - start))
  }
  return .array(times)
}

let input = try JSONValue.parse(Array(Data(contentsOf: URL(filePath: CommandLine.arguments[1]))))
let rounds = Int(CommandLine.arguments[2]) ?? 100
let pool = try UserPool(id: input["pool"]?.string ?? "")
let keys = try JWKS(input["jwks"] ?? .null)
let client = try UserPoolClient(
  pool: pool, clientID: input["client"]?.string ?? "",
  transport: PreparedPool(
    challenge: (input["challenge"] ?? .null).serialized(), tokens: (input["tokens"] ?? .null).serialized()),
  keys: keys)
let password = Secret(utf8: input["password"]?.string ?? "")
let token = input["tokens"]?["AuthenticationResult"]?["AccessToken"]?.string ?? ""

func signIn() async throws {
  guard case .done = try await client.signIn("ada").start(.srp(password: password)) else { exit(1) }
}
let start = cpuSeconds()
try await signIn()
let first = cpuSeconds() - start
let signIns = try await measured(rounds) { try await signIn() }
// A hundred at a time: one is shorter than the clock's steps.
let verifications = try await measured(rounds) {
  for _ in 0..<100 { _ = try await client.verifier.verify(token, use: .access) }
}
let result: JSONValue = ["srp": signIns, "verify": verifications, "first": .double(first)]
print(String(decoding: result.serialized(), as: UTF8.self))
