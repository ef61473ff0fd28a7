import Cognito
import FoundationEssentials
import Testing

/// Sign-in through the pool's own pages.
extension Flow {
  private static let noPages = "no sign-in pages"
  private static let person = [
    (name: "username", value: "ada"), (name: "password", value: FlowTarget.password.revealed() ?? ""),
  ]

  /// A client of the pages, with its way back to a free port of this machine.
  static func hostedClient(_ target: FlowTarget, hasSecret: Bool = false) async throws -> (HostedUI, String) {
    let redirect = "http://127.0.0.1:\(try LoopbackListener(port: 0).port)/callback"
    let client = try await target.client(hasSecret: hasSecret) { settings in
      settings.oAuthFlows = ["code"]
      settings.scopes = ["openid", "email", "profile"]
      settings.callbackURLs = [redirect]
      settings.identityProviders = ["COGNITO"]
    }
    return (try HostedUI(client: client, domain: target.pool.endpoint), redirect)
  }

  /// A sign-in and the query that the browser brings back, for a program that takes it itself.
  static func hostedAnswer(
    _ target: FlowTarget, _ hosted: HostedUI, _ redirect: String
  ) async throws -> (HostedSignIn, String) {
    let signIn = hosted.begin(redirectURI: redirect)
    let browser = FlowBrowser(origin: target.pool.endpoint)
    let back = try await browser.submit(browser.open(signIn.url).page(), person).away()
    let halves = back.split(separator: "?", maxSplits: 1)
    #expect(halves.first.map(String.init) == redirect)
    return (signIn, String(halves.last ?? ""))
  }

  static let hosted: [Flow] = [
    Flow("hosted: a browser on this machine, back by loopback (code, PKCE, state, nonce)", motoLacks: noPages) {
      target in
      try await target.makeUser()
      let (hosted, redirect) = try await hostedClient(target)
      let browser = FlowBrowser(origin: target.pool.endpoint)
      let tokens = try await hosted.signIn(hosted.begin(redirectURI: redirect)) { url in
        let form = try await browser.open(url).page()
        let wrong = [(name: "username", value: "ada"), (name: "password", value: "Wrong-Horse-1")]
        let again = try await browser.submit(form, wrong).page()
        #expect(again.contains("Incorrect username or password."))
        _ = try await browser.open(browser.submit(again, person).away())
      }
      #expect(tokens.username == "ada")
      #expect(tokens.refreshToken != nil)
      // The browser remembers who signed in: the second time it asks nothing.
      let second = try await hosted.signIn(hosted.begin(redirectURI: redirect)) { url in
        _ = try await browser.open(browser.open(url).away())
      }
      #expect(second.subject == tokens.subject)
      let out = try await browser.open(hosted.signOutURL(redirectURI: "https://app.example.com/out"))
      #expect(try out.page().contains("logout_uri"))
    },
    Flow("hosted: an answer that isn't for this sign-in is refused", motoLacks: noPages) { target in
      try await target.makeUser()
      let (hosted, redirect) = try await hostedClient(target)
      let (signIn, query) = try await hostedAnswer(target, hosted, redirect)
      func altered(state: String? = nil, nonce: String? = nil, verifier: Secret? = nil) -> HostedSignIn {
        HostedSignIn(
          redirectURI: redirect, state: state ?? signIn.state, nonce: nonce ?? signIn.nonce,
          codeVerifier: verifier ?? signIn.codeVerifier)
      }
      await #expect(throws: CognitoError(.unexpectedAnswer, "")) {
        try await hosted.finish(altered(state: "forged"), query: query)
      }
      let other = hosted.begin(redirectURI: redirect)
      await #expect(throws: CognitoError(.signInRequired, "")) {
        try await hosted.finish(altered(verifier: other.codeVerifier), query: query)
      }
      await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
        try await hosted.finish(altered(nonce: other.nonce), query: query)
      }
      // That used the code up.
      await #expect(throws: CognitoError(.signInRequired, "")) { try await hosted.finish(signIn, query: query) }
      let refused = "error=access_denied&error_description=no&state=\(signIn.state)"
      await #expect(throws: CognitoError(.signInRequired, "")) { try await hosted.finish(signIn, query: refused) }
    },
    Flow("hosted: a code that comes twice ends the session; one that comes late is refused", motoLacks: noPages) {
      target in
      try await target.makeUser()
      let (hosted, redirect) = try await hostedClient(target, hasSecret: true)
      let (signIn, query) = try await hostedAnswer(target, hosted, redirect)
      let refreshToken = try #require(await hosted.finish(signIn, query: query).refreshToken)
      await #expect(throws: CognitoError(.signInRequired, "")) { try await hosted.finish(signIn, query: query) }
      await #expect(throws: CognitoError(.signInRequired, "")) { try await hosted.renew(refreshToken: refreshToken) }
      let (late, lateQuery) = try await hostedAnswer(target, hosted, redirect)
      try target.advance(by: 360)
      await #expect(throws: CognitoError(.signInRequired, "")) { try await hosted.finish(late, query: lateQuery) }
    },
    Flow("hosted: renewal and revocation, by both of the service's ways", motoLacks: noPages) { target in
      try await target.makeUser()
      let (hosted, redirect) = try await hostedClient(target, hasSecret: true)
      let (signIn, query) = try await hostedAnswer(target, hosted, redirect)
      let tokens = try await hosted.finish(signIn, query: query)
      let refreshToken = try #require(tokens.refreshToken)
      let renewed = try await hosted.renew(refreshToken: refreshToken)
      #expect(renewed.subject == tokens.subject)
      #expect(renewed.accessToken != tokens.accessToken)
      let byAPI = try await hosted.client.renew(refreshToken: refreshToken, username: tokens.username)
      #expect(byAPI.subject == tokens.subject)
      try await hosted.revoke(refreshToken: refreshToken)
      await #expect(throws: CognitoError(.signInRequired, "")) { try await hosted.renew(refreshToken: refreshToken) }
      await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
        try await hosted.client.renew(refreshToken: refreshToken, username: tokens.username)
      }
      // Revoking it again is no failure; another kind of token is.
      try await hosted.revoke(refreshToken: refreshToken)
      await #expect(throws: CognitoError.self) {
        try await hosted.revoke(refreshToken: Secret(utf8: tokens.accessToken))
      }
    },
    Flow("hosted: a second factor on the pages", motoLacks: noPages) { target in
      try await target.setMFA("OPTIONAL", [.sms])
      try await target.makeUser(attributes: [.phoneNumber: "+46701234567"])
      try await target.administrator.setMFA(MFAPreferences(sms: .preferred), of: "ada")
      let (hosted, redirect) = try await hostedClient(target)
      let signIn = hosted.begin(redirectURI: redirect)
      let browser = FlowBrowser(origin: target.pool.endpoint)
      let asked = try await browser.submit(browser.open(signIn.url).page(), person).page()
      let again = try await browser.submit(asked, [("code", "00000000")]).page()
      #expect(again.contains("role=\"alert\""))
      let back = try await browser.submit(again, [("code", target.lastCode())]).away()
      let query = String(back.split(separator: "?", maxSplits: 1).last ?? "")
      #expect(try await hosted.finish(signIn, query: query).username == "ada")
    },
  ]
}
