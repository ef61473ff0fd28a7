import SystemSupport
import TestSupport
import Testing

@Suite("rules for a pool's settings")
struct PoolRulesTests {
  private static let rules = [
    "user_pool_id": PoolRules.userPoolID, "client_id": PoolRules.clientID, "region": PoolRules.region,
    "endpoint": PoolRules.serviceURL, "issuer": PoolRules.serviceURL,
  ]

  @Test("the table of good and bad values", arguments: PoolSetting.all)
  func table(setting: PoolSetting) throws {
    #expect(try #require(Self.rules[setting.key]).accepts(setting.value) == setting.isGood)
  }

  @Test(
    "no rule lets a line end, a NUL or a blank in", arguments: ["\n", "\r\n", "\0", " ", "\u{2028}", "\u{85}", "\t"])
  func breaks(text: String) {
    let good = [
      (PoolRules.userPoolID, "eu-west-1_A"), (PoolRules.clientID, "4"), (PoolRules.region, "eu-west-1"),
      (PoolRules.serviceURL, "https://h"), (PoolRules.username, "ann"), (PoolRules.groupName, "staff"),
    ]
    for (rule, value) in good {
      #expect(rule.accepts(value) && !rule.accepts(value + text) && !rule.accepts(text + value), "\(rule.form)")
    }
  }

  @Test("user and group names count as AWS counts: 128 Unicode scalars, whatever they weigh")
  func names() {
    for rule in [PoolRules.username, PoolRules.groupName] {
      #expect(rule.accepts(String(repeating: "ü", count: 128)) && !rule.accepts(String(repeating: "ü", count: 129)))
      #expect(rule.accepts("ann@example.com") && rule.accepts("日本") && rule.accepts("a$+<") && !rule.accepts(""))
      // One Character of 129 scalars.
      #expect(!rule.accepts("e" + String(repeating: "\u{301}", count: 128)))
      #expect(!rule.accepts("a\u{200d}") && !rule.accepts("a\u{202e}") && !rule.accepts("a\u{e000}"))
    }
  }

  @Test("a file is named by an absolute path")
  func files() {
    #expect(PoolRules.file.accepts("/etc/a b") && !PoolRules.file.accepts("etc/a") && !PoolRules.file.accepts(""))
    #expect(!PoolRules.file.accepts("/a\0b") && !PoolRules.file.accepts("/a\nb"))
    #expect(!PoolRules.file.accepts("/" + String(repeating: "x", count: 4096)))
  }

  @Test(
    "a client secret is one word in a file of its own",
    arguments: [
      ("s3cret", "s3cret"), ("s3cret\n", "s3cret"), (" s3cret\r\n\n", "s3cret"), ("", nil), ("\n", nil),
      ("two\nlines\n", nil), ("two words", nil), ("a\0b", nil), ("pä", nil),
      (String(repeating: "x", count: 128), String(repeating: "x", count: 128)),
      (String(repeating: "x", count: 129), nil),
    ] as [(String, String?)])
  func secrets(content: String, secret: String?) {
    #expect(PoolRules.clientSecret(in: Array(content.utf8)).map { Array($0) } == secret.map { Array($0.utf8) })
  }

  @Test(
    "only what can't be anybody else is this computer",
    arguments: [
      ("localhost", true), ("localhost:80", true), ("127.0.0.1", true), ("127.255.0.9:1", true), ("[::1]:80", true),
      ("127.999.1.1", false), ("127.0.0.01", false), ("127.1", false), ("[::2]", false), ("localhost.corp", false),
      ("0.0.0.0", false), ("", false),
    ])
  func loopback(host: String, isLoopback: Bool) { #expect(HostName.isLoopback(host) == isLoopback) }
}
