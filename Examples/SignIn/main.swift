// Signs a user in and prints the claims of the id token.
//
//     example-sign-in POOL_ID CLIENT_ID USER [ENDPOINT]
//
// The password and codes are read from standard input, line by line.

import Cognito
import Glibc

func ask(_ prompt: String) -> String {
  print(prompt, terminator: " ")
  return readLine() ?? ""
}

let arguments = CommandLine.arguments
guard arguments.count >= 4 else {
  print("usage: example-sign-in POOL_ID CLIENT_ID USER [ENDPOINT]")
  exit(2)
}

do {
  let pool = try UserPool(id: arguments[1], endpoint: arguments.count > 4 ? arguments[4] : nil)
  let client = try UserPoolClient(pool: pool, clientID: arguments[2])
  let signIn = client.signIn(arguments[3])
  var step = try await signIn.start(.srp(password: Secret(utf8: ask("Password:"))))

  while true {
    switch step {
    case .done(let result):
      let token = try await client.verifier.verify(result.tokens.idToken, use: .id)
      print(String(decoding: token.claims.serialized(), as: UTF8.self))
      try await UserSession(client: client, tokens: result.tokens).signOut()
      exit(0)
    case .softwareTokenMFA, .smsMFA, .emailOTP, .smsOTP:
      step = try await signIn.respond(.code(ask("Code:")))
    case .newPasswordRequired(let request):
      let missing = request.requiredAttributes.map { ($0, ask("\($0):")) }
      let password = Secret(utf8: ask("New password:"))
      step = try await signIn.respond(
        .newPassword(password, attributes: Dictionary(missing) { _, last in last }))
    case .setUpSoftwareToken(let setup):
      print("Give this to your authenticator app: \(setup.url)")
      step = try await signIn.respond(.code(ask("Code:")))
    case let other:
      print("This example doesn't know the step \(other).")
      exit(2)
    }
  }
} catch {
  print("\(error)")
  exit(1)
}
