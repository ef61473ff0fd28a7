// Signs a user in and prints the claims of the id token.
//
//     example-sign-in POOL_ID CLIENT_ID USER [ENDPOINT]
//
// The password and codes are read from standard input, line by line.

import Cognito
import Glibc

/// Nobody is there to answer, or nobody could.
struct Unanswerable: Error {}

func ask(_ prompt: String) throws -> String {
  print(prompt, terminator: " ")
  guard let line = readLine() else { throw Unanswerable() }
  return line
}

/// What a person at a terminal answers to a step.
func answer(to step: SignInStep) throws -> SignInAnswer {
  switch step {
  case .code(let request):
    return .code(try ask(request.delivery.map { "Code sent to \($0.destination):" } ?? "Code:"))
  case .newPasswordRequired(let request):
    let missing = try request.requiredAttributes.map { ($0, try ask("\($0):")) }
    return .newPassword(Secret(utf8: try ask("New password:")), attributes: Dictionary(missing) { _, last in last })
  case .setUpSoftwareToken(let setup):
    print("Give this to your authenticator app: \(setup.url)")
    return .code(try ask("Code:"))
  default:
    print("This example doesn't know the step \(step).")
    throw Unanswerable()
  }
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
  var step = try await signIn.start(.srp(password: Secret(utf8: try ask("Password:"))))
  while true {
    if case .done(let result) = step {
      let token = try await client.verifier.verify(result.tokens.idToken, use: .id)
      print(String(decoding: token.claims.serialized(), as: UTF8.self))
      try await UserSession(client: client, tokens: result.tokens).signOut()
      exit(0)
    }
    do {
      step = try await signIn.respond(answer(to: step))
    } catch let error as CognitoError where error.code.asksAgain {
      // The step is still there: a wrong code, or a password that the pool's policy doesn't allow.
      print(error.message)
    }
  }
} catch {
  print("\(error)")
  exit(1)
}
