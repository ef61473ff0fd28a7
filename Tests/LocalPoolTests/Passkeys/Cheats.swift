import Cognito
import TestSupport

/// What an authenticator, or the page that asks it, can do wrong at a sign-in.
struct Cheats: Sendable {
  let name: String
  let change: @Sendable (inout SoftAuthenticator.Cheat) -> Void

  var cheat: SoftAuthenticator.Cheat {
    var cheat = SoftAuthenticator.Cheat()
    change(&cheat)
    return cheat
  }

  static let all: [Cheats] = [
    Cheats(name: "a page of another host") { $0.origin = "https://example.org" },
    Cheats(name: "a host that only ends alike") { $0.origin = "https://badexample.com" },
    Cheats(name: "a host that only begins alike") { $0.origin = "https://example.com.evil.org" },
    Cheats(name: "a page without TLS") { $0.origin = "http://example.com" },
    Cheats(name: "a frame of another origin") { $0.crossOrigin = true },
    Cheats(name: "another relying party") { $0.relyingPartyID = "example.org" },
    Cheats(name: "another challenge") { $0.challenge = Base64.encodeURL([UInt8](repeating: 7, count: 32)) },
    Cheats(name: "nobody present") { $0.flags = 0x04 },
    Cheats(name: "nobody verified") { $0.flags = 0x01 },
    Cheats(name: "a key that has become portable") { $0.flags = 0x05 | 0x08 },
    Cheats(name: "a key copied that can't be") { $0.flags = 0x05 | 0x10 },
    Cheats(name: "a counter that went back") { $0.signCount = 0 },
    Cheats(name: "a counter that stood still") { $0.signCount = 1 },
    Cheats(name: "a wrong signature") { $0.garble = { Array($0.dropLast()) + [($0.last ?? 0) ^ 1] } },
    Cheats(name: "no signature") { $0.garble = { _ in [] } },
    Cheats(name: "another credential") { $0.credentialID = [1, 2, 3] },
    Cheats(name: "another user's handle") { $0.userHandle = "QUFBQQ" },
  ]
}

/// Answers to a sign-in's challenge that aren't any.
struct Unreadable: Sendable {
  let name: String
  let credential: @Sendable (SoftAuthenticator, JSONValue?) -> String

  static let all: [Unreadable] = [
    Unreadable(name: "no JSON") { _, _ in "{" },
    Unreadable(name: "nothing in it") { _, _ in "{}" },
    Unreadable(name: "a registration's client data") { authenticator, options in
      var cheat = SoftAuthenticator.Cheat()
      cheat.type = "webauthn.create"
      return authenticator.get(options, cheat)
    },
    Unreadable(name: "bytes after the authenticator data") { authenticator, options in
      var cheat = SoftAuthenticator.Cheat()
      cheat.trailing = [0]
      return authenticator.get(options, cheat)
    },
    Unreadable(name: "an empty id") { authenticator, options in
      var cheat = SoftAuthenticator.Cheat()
      cheat.credentialID = []
      return authenticator.get(options, cheat)
    },
    Unreadable(name: "a frame or not") { authenticator, options in
      var cheat = SoftAuthenticator.Cheat()
      cheat.crossOrigin = "no"
      return authenticator.get(options, cheat)
    },
  ]
}
