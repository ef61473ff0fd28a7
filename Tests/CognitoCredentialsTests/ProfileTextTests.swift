import CognitoCredentials
import Glibc
import SystemSupport
import TestSupport
import Testing
import TokenCache

@Suite("changing profiles.conf")
struct ProfileTextTests {
  private let profile = Profile(
    name: "work", userPoolID: "eu-west-1_A", clientID: "1", clientSecretFile: "/s", region: "eu-west-1",
    endpoint: "https://idp.corp", issuer: "https://idp.corp/x", caFile: "/ca.pem", hosts: ["a.corp", "b.corp:1"],
    token: .id, store: .file, username: "ann")

  private func parsed(_ text: String) throws -> [Profile] { try ProfileParser.parse(Array(text.utf8), file: "f") }

  @Test("every setting of a profile survives writing and reading")
  func roundTrip() throws {
    var full = profile
    full.loginSocket = "/run/x.sock"
    full.gitScheme = .basic
    #expect(try parsed(ProfileText.section(full)) == [full])
    #expect(try parsed(ProfileText.replacing(full, in: "")) == [full])
  }

  private let file = """
    # mine
    [profile home]
    user_pool_id = eu-west-1_H
    client_id = 9

    # about work
    [profile work]
    # old
    user_pool_id = eu-west-1_Old
    client_id = 8

    # about last
    [profile last]
    user_pool_id = eu-west-1_L
    client_id = 7

    """

  @Test("a profile is replaced in its place, with all comments of the others")
  func replace() throws {
    let text = ProfileText.replacing(profile, in: file)
    #expect(try parsed(text).map(\.name) == ["home", "work", "last"])
    #expect(try parsed(text)[1] == profile)
    for comment in ["# mine", "# about work", "# about last"] { #expect(text.contains(comment)) }
    #expect(!text.contains("# old"))
    #expect(ProfileText.replacing(profile, in: text) == text)
  }

  @Test("a new profile goes to the end")
  func append() throws {
    var new = profile
    new.name = "new"
    new.hosts = []
    for end in ["", "\n", "\n\n"] {
      let old = "[profile home]\nuser_pool_id = eu-west-1_H\nclient_id = 9" + end
      #expect(try parsed(ProfileText.replacing(new, in: old)).map(\.name) == ["home", "new"])
    }
  }

  @Test("a profile is removed, and one that isn't there is not")
  func remove() throws {
    let text = try #require(ProfileText.removing("work", from: file))
    #expect(try parsed(text).map(\.name) == ["home", "last"])
    #expect(text.contains("# about last"))
    #expect(ProfileText.removing("none", from: file) == nil)
  }

  @Test("a file that could not be read back is not written")
  func validation() throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/conf/profiles.conf"
    let file = ProfileFile(path)
    try file.save(profile)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    var other = profile
    other.name = "other"
    other.username = nil
    // It wants hosts that the first one has.
    #expect(throws: ConfigurationError.self) { try file.save(other) }
    other.hosts = ["*.corp"]
    #expect(throws: ConfigurationError.self) { try file.save(other) }
    #expect(try Profiles.load(userFile: path, systemFile: path + ".none").all == [profile])
    #expect(try file.remove("work"))
    #expect(try !file.remove("work"))
  }

  @Test("a link to the file stays a link")
  func link() throws {
    let directory = TemporaryDirectory()
    let (path, target) = (directory.path + "/profiles.conf", directory.path + "/dotfiles.conf")
    try ProfileFile(target).save(profile)
    symlink(target, path)
    var changed = profile
    changed.clientID = "2"
    try ProfileFile(path).save(changed)
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(try Profiles.load(userFile: target, systemFile: "/none").all == [changed])
  }
}
