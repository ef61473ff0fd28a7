// Tests with doubles, from outside: only what the library's users can reach.
//
//     swift test --package-path Examples --filter OwnParts

import Cognito
import FoundationEssentials
import Testing

private let quick = ServiceClient.Settings(retry: RetryPolicy(base: .milliseconds(1)))

private func client(_ other: any OtherClient, credentials: (any AWSCredentialsProvider)? = nil) throws -> UserPoolClient
{
  try UserPoolClient(
    pool: UserPool(id: "eu-north-1_AbCdEfGhI"), clientID: "1example23456789", credentials: credentials,
    transport: OtherClientTransport(client: other), settings: quick)
}

@Suite("a transport of one's own")
struct OtherClientTransportTests {
  @Test(
    "a refused connection is tried again, whatever the operation: nothing was sent", arguments: ["SignUp", "GetUser"])
  func refused(operation: String) async throws {
    let other = ScriptedClient(.failure(.refused), .failure(.refused), .success(OtherAnswer()))
    _ = try await client(other).service.call(OpenOperation(operation), [:])
    #expect(other.calls.count == 3)
    #expect(other.calls[0].url == "https://cognito-idp.eu-north-1.amazonaws.com/")
    #expect(other.calls[0].fields["X-Amz-Target"] == "AWSCognitoIdentityProviderService.\(operation)")
  }

  @Test("a broken connection is tried again for what changes nothing, and not for the rest")
  func broken() async throws {
    let reading = ScriptedClient(.failure(.broken), .success(OtherAnswer()))
    _ = try await client(reading).service.call(OpenOperation("GetUser"), [:])
    #expect(reading.calls.count == 2)

    let writing = ScriptedClient(.failure(.broken), .success(OtherAnswer()))
    await #expect(throws: CognitoError(.network, "")) {
      try await client(writing).service.call(OpenOperation("SignUp"), [:])
    }
    #expect(writing.calls.count == 1)
  }

  @Test("an exception that the library has no name for is told apart by its own")
  func exception() async throws {
    let body = Array(#"{"__type":"BrandNewException","message":"Something new."}"#.utf8)
    let other = ScriptedClient(.success(OtherAnswer(status: 400, body: body)))
    await #expect(throws: CognitoError(.init(rawValue: "BrandNewException"), "")) {
      try await client(other).service.call(OpenOperation("GetUser"), [:])
    }
  }
}

@Suite("AWS credentials of one's own")
struct VaultCredentialsTests {
  private func chain(_ first: Vault, _ second: Vault) -> AWSCredentialsChain {
    AWSCredentialsChain([VaultCredentials(vault: first), VaultCredentials(vault: second)])
  }

  @Test("sign requests, when an earlier place has none")
  func sign() async throws {
    let other = ScriptedClient(.success(OtherAnswer()))
    let chain = chain(Vault(), Vault(keys: ["id": "AKIDEXAMPLE", "secret": "hush"]))
    _ = try await client(other, credentials: chain).service.call(OpenOperation("DescribeUserPool"), [:])
    #expect(other.calls[0].fields["Authorization"]?.contains("Credential=AKIDEXAMPLE/") == true)
  }

  @Test("that can't be had end the call, with a code of one's own")
  func sealed() async throws {
    let other = ScriptedClient(.success(OtherAnswer()))
    let chain = chain(Vault(isSealed: true), Vault(keys: ["id": "AKIDEXAMPLE", "secret": "hush"]))
    await #expect(throws: CognitoError(.vaultSealed, "")) {
      try await client(other, credentials: chain).service.call(OpenOperation("DescribeUserPool"), [:])
    }
    #expect(other.calls.isEmpty)
  }
}

@Suite("what the library hands out, made by a test")
struct DoubleTests {
  /// What is tested: a list of who may be written to.
  private func addresses(_ users: PagedSequence<User>) async throws -> [String] {
    var addresses: [String] = []
    for try await user in users where user.isEnabled == true && user.attributes.isEmailVerified {
      addresses.append(user.attributes.email ?? "")
    }
    return addresses
  }

  @Test("users, in one page, in several, and with a failure in between")
  func users() async throws {
    let ada = User(
      username: "ada", attributes: ["email": "ada@example.com", "email_verified": "true"], isEnabled: true)
    let bob = User(username: "bob", attributes: ["email": "bob@example.com"], isEnabled: true)
    #expect(try await addresses(PagedSequence([ada, bob])) == ["ada@example.com"])
    let paged = PagedSequence { token in token == nil ? .init([bob], next: "2") : .init([ada]) }
    #expect(try await addresses(paged) == ["ada@example.com"])
    let broken = PagedSequence<User> { token in
      if token != nil { throw CognitoError(.tooManyRequests, "Slow down.", retryAfter: .seconds(2)) }
      return .init([ada], next: "2")
    }
    let error = await #expect(throws: CognitoError.self) { try await addresses(broken) }
    #expect(error?.retryAfter == .seconds(2))
  }

  @Test("a verified token")
  func token() {
    let token = VerifiedToken(
      claims: ["username": "ada", "cognito:groups": ["staff"]], use: .access, issuer: "https://issuer.example",
      clientID: "1example23456789", subject: "0b1c", expiresAt: Date(timeIntervalSince1970: 2_000_000_000))
    #expect(token.username == "ada" && token.groups == ["staff"])
  }

  @Test("a step of a sign-in, and whether it is asked again")
  func step() {
    let step = SignInStep.code(CodeRequest(.email, delivery: CodeDelivery(destination: "a***@e***", medium: .email)))
    guard case .code(let request) = step else { return #expect(Bool(false), "no code is asked for") }
    #expect(request.delivery?.destination == "a***@e***")
    #expect(CognitoError.Code.codeMismatch.asksAgain && !CognitoError.Code.notAuthorized.asksAgain)
  }
}
