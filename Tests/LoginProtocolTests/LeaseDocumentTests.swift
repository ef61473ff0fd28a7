import Cognito
import LoginProtocol
import Testing

@Suite("the document of a hand-over")
struct LeaseDocumentTests {
  private let least = LeaseDocument(
    userPoolID: "eu-west-1_A", clientID: "4", username: "uuid-1", accessToken: Secret(utf8: "a.b-c_d"),
    idToken: Secret(utf8: "i"), refreshToken: nil, accessExpiresAt: 100, idExpiresAt: 200)

  private func bytes(_ document: LeaseDocument) throws -> [UInt8] {
    try #require(document.encoded).withBytes { Array($0) }
  }

  @Test("what the daemon writes is what the collector reads, with every field and with the fewest")
  func roundTrip() throws {
    #expect(try LeaseDocument(decoding: bytes(least)) == least)
    var full = least
    full.region = "eu-west-1"
    full.endpoint = "https://idp.corp/x?\"\\"
    full.issuer = "https://idp.corp/é"
    full.subject = "sub-1"
    full.loginName = "ann"
    full.deviceKey = "eu-west-1_d"
    full.ownsDevice = true
    full.refreshToken = Secret(utf8: "r")
    #expect(try LeaseDocument(decoding: bytes(full)) == full)
  }

  @Test("collectors of earlier versions find the end of the first token, and documents of earlier daemons are read")
  func earlier() throws {
    #expect(try JSONValue.parse(bytes(least))["expires_at"]?.int == 100)
    var members = try #require(JSONValue.parse(bytes(least)).object)
    members["access_expires_at"] = nil
    members["id_expires_at"] = nil
    let read = try LeaseDocument(decoding: JSONValue.object(members).serialized())
    #expect(read.accessExpiresAt == 100 && read.idExpiresAt == 100)
  }

  @Test("no token can leave its quotes, and no document is larger than a frame takes")
  func limits() {
    for text in ["a\"b", "a\\b", "a b", "a\nb", "ä"] {
      var document = least
      document.idToken = Secret(utf8: text)
      #expect(document.encoded == nil, "\(text)")
    }
    var large = least
    large.idToken = Secret(utf8: String(repeating: "x", count: LeaseDocument.maximumBytes))
    #expect(large.encoded == nil)
  }

  @Test(
    "what is no document is an error that shows nothing of it",
    arguments: [
      "", "topsecret", "[]", "{}", #"{"access_token":"topsecret"}"#,
      #"{"access_token":"topsecret","id_token":"i","username":"a b","user_pool_id":"p","client_id":"c","expires_at":1}"#,
      #"{"access_token":"topsecret","id_token":"","username":"a","user_pool_id":"p","client_id":"c","expires_at":1}"#,
      #"{"access_token":"topsecret","id_token":"i","username":"a","user_pool_id":"p","client_id":"c","expires_at":0}"#,
      #"{"access_token":"topsecret","id_token":"i","username":"a","user_pool_id":"p","client_id":"c"}"#,
      #"{"access_token":7,"id_token":"i","username":"a","user_pool_id":"p","client_id":"c","expires_at":1}"#,
    ])
  func refused(text: String) {
    #expect { try LeaseDocument(decoding: Array(text.utf8)) } throws: { !"\($0)".contains("topsecret") }
  }

  @Test("its tokens don't show")
  func hidden() {
    var dumped = ""
    dump(least, to: &dumped)
    #expect(!dumped.contains("a.b-c_d") && !"\(least)".contains("a.b-c_d"))
  }
}
