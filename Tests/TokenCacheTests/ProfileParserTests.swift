import SystemSupport
import Testing
import TokenCache

@Suite("profiles.conf")
struct ProfileParserTests {
  private let minimal = "[profile work]\nuser_pool_id = eu-west-1_AbC123\nclient_id = 4abc\n"

  private func parse(_ text: String) throws(ConfigurationError) -> [Profile] {
    try ProfileParser.parse(Array(text.utf8), file: "f")
  }

  @Test("every key of a profile is read")
  func allKeys() throws {
    let profiles = try parse(
      """
      # a comment
      ; another
      [profile work]
      user_pool_id = eu-west-1_AbC123
      client_id=4abc
      \tclient_secret_file = /etc/secret
      region = eu-west-1
      endpoint = http://127.0.0.1:9229
      issuer = https://idp.corp/eu-west-1_AbC123
      ca_file = /etc/ca.pem
      hosts = git.corp, registry.corp:5000 [::1]:80
      token = id
      store = kernel
      username = ann

      [profile home]
      user_pool_id = eu-west-1_Xyz
      client_id = 5
      """)
    #expect(
      profiles == [
        Profile(
          name: "work", userPoolID: "eu-west-1_AbC123", clientID: "4abc", clientSecretFile: "/etc/secret",
          region: "eu-west-1", endpoint: "http://127.0.0.1:9229", issuer: "https://idp.corp/eu-west-1_AbC123",
          caFile: "/etc/ca.pem", hosts: ["git.corp", "registry.corp:5000", "[::1]:80"], token: .id, store: .kernel,
          username: "ann"),
        Profile(name: "home", userPoolID: "eu-west-1_Xyz", clientID: "5"),
      ])
  }

  @Test("an empty file has no profiles")
  func empty() throws { #expect(try parse("").isEmpty) }

  @Test(
    "a mistake refuses the file and names its line",
    arguments: [
      ("user_pool_id = eu-west-1_A\n", 1), ("[profile a b]\n", 1), ("[other]\n", 1), ("[profile .x]\n", 1),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\nhost = git.corp\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\ntoken = refresh\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\nstore = plain\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\ngit_scheme = Basic\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\nclient_id = 5\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\nregion =\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\njust text\n", 4),
      ("[profile w]\nuser_pool_id = nopool\nclient_id = 4\n", 2),
      ("[profile w]\nuser_pool_id = eu-west-1_A\n", 1),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\nhosts = *.corp\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\nhosts = https://git.corp\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\nhosts = a a\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\nendpoint = http://pool.corp\n", 4),
      ("[profile w]\nuser_pool_id = eu-west-1_A\nclient_id = 4\nca_file = ca.pem\n", 4),
      ("[profile w]\r\nuser_pool_id = eu-west-1_A\r\n", 1),
    ])
  func mistakes(text: String, line: Int) {
    #expect { try parse(text) } throws: { ($0 as? ConfigurationError)?.line == line }
  }

  @Test("a profile that is there twice is refused")
  func duplicateProfile() { #expect(throws: ConfigurationError.self) { try parse(minimal + minimal) } }

  @Test("two profiles share a host only when each names its account")
  func sharedHost() throws {
    let other = "[profile other]\nuser_pool_id = eu-west-1_B\nclient_id = 5\n"
    #expect(throws: ConfigurationError.self) { try parse(minimal + "hosts = a.corp\n" + other + "hosts = a.corp\n") }
    #expect(throws: ConfigurationError.self) {
      try parse(minimal + "hosts = a.corp\nusername = ann\n" + other + "hosts = a.corp\n")
    }
    #expect(
      try parse(minimal + "hosts = a.corp\nusername = ann\n" + other + "hosts = a.corp\nusername = bob\n").count == 2)
  }

  @Test("a file above the limit is refused")
  func size() {
    #expect(throws: ConfigurationError.self) {
      try ProfileParser.parse([UInt8](repeating: 0x0a, count: ProfileParser.maximumBytes + 1), file: "f")
    }
  }
}
