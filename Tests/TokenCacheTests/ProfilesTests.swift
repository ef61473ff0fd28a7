import SystemSupport
import Testing
import TokenCache

@Suite("which profile serves a host")
struct ProfilesTests {
  private let profiles = Profiles(
    user: [
      Profile(
        name: "work", userPoolID: "eu-west-1_A", clientID: "1",
        hosts: ["git.corp", "git.corp:8443", "127.0.0.1:5800", "plain.corp"])
    ],
    system: [
      Profile(name: "work", userPoolID: "eu-west-1_Hidden", clientID: "2", hosts: ["hidden.corp"]),
      Profile(name: "site", userPoolID: "eu-west-1_B", clientID: "3", hosts: ["git.corp", "site.corp"]),
    ])

  @Test(
    "an exact match serves, the user's file first",
    arguments: [
      ("https", "git.corp", "work"), ("https", "GIT.Corp", "work"), ("https", "git.corp:8443", "work"),
      ("https", "site.corp", "site"), ("http", "127.0.0.1:5800", "work"), (nil, "127.0.0.1:5800", "work"),
    ] as [(String?, String, String)])
  func served(scheme: String?, host: String, name: String) {
    #expect(profiles.serving(scheme: scheme, host: host, username: nil)?.name == name)
  }

  @Test(
    "anything else is nobody's (CVE-2024-53858 and the unanchored match of vscode#320634)",
    arguments: [
      ("https", "git.corp.evil.example"), ("https", "evilgit.corp"), ("https", "git.corp."), ("https", "git.corp:443"),
      ("https", "corp"), ("https", ""), ("https", "git.corp/x"), ("https", "git.corp\n"), ("http", "plain.corp"),
      ("ssh", "git.corp"), ("", "git.corp"), ("HTTPS", "git.corp"), ("https", "hidden.corp"),
      ("https", "g\u{131}t.corp"),
      (nil, "unknown.corp"),
    ] as [(String?, String)])
  func notServed(scheme: String?, host: String) {
    #expect(profiles.serving(scheme: scheme, host: host, username: nil) == nil)
  }

  @Test(
    "plain http never matches, except on this computer",
    arguments: [
      "127.0.0.1.evil.example", "127.0.0.1x", "localhost.evil.example", "127.1", "128.0.0.1", "[::2]", "10.0.0.1",
    ])
  func notLoopback(host: String) { #expect(!HostName.isLoopback(host)) }

  @Test("a profile with an account serves that account alone")
  func accounts() {
    let profiles = Profiles(user: [
      Profile(name: "a", userPoolID: "eu-west-1_A", clientID: "1", hosts: ["git.corp"], username: "ann"),
      Profile(name: "b", userPoolID: "eu-west-1_A", clientID: "1", hosts: ["git.corp"], username: "bob"),
    ])
    #expect(profiles.serving(scheme: "https", host: "git.corp", username: "bob")?.name == "b")
    #expect(profiles.serving(scheme: "https", host: "git.corp", username: nil)?.name == "a")
    #expect(profiles.serving(scheme: "https", host: "git.corp", username: "eve") == nil)
  }

  @Test("directories follow XDG, relative values are ignored")
  func directories() {
    let home = UserDirectories { ["HOME": "/home/ann", "XDG_CONFIG_HOME": "relative"][$0] }
    #expect(home.profilesFile == "/home/ann/.config/cognito-login/profiles.conf")
    #expect(home.state == "/home/ann/.local/state/cognito-login")
    let xdg = UserDirectories { ["XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s"][$0] }
    #expect(xdg == UserDirectories(profilesFile: "/c/cognito-login/profiles.conf", state: "/s/cognito-login"))
    #expect(UserDirectories { _ in nil } == UserDirectories(profilesFile: nil, state: nil))
  }
}
