// Verifies access tokens, one a line of standard input, as a server would.
//
//     example-verify-tokens POOL_ID CLIENT_ID [ENDPOINT]
//
// With COGNITO_JWKS set to the pool's key set, it needs no network.

import Cognito
import Glibc

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: example-verify-tokens POOL_ID CLIENT_ID [ENDPOINT]")
  exit(2)
}

let pool = try UserPool(id: arguments[1], endpoint: arguments.count > 3 ? arguments[3] : nil)
let verifier = TokenVerifier(pool: pool, clients: [arguments[2]], keys: try JWKS.fromEnvironment(), leeway: .seconds(5))

while let line = readLine() {
  do {
    let token = try await verifier.verify(line, use: .access)
    print("\(token.username ?? token.subject) until \(token.expiresAt), groups: \(token.groups)")
  } catch {
    print("refused: \(error)")
  }
}
