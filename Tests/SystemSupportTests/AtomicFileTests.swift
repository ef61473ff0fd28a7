import Glibc
import SystemSupport
import TestSupport
import Testing

@Suite("files replaced in one step")
struct AtomicFileTests {
  private let directory = TemporaryDirectory()

  private func permissions(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  @Test("there is the new content with the mode that was asked for, whatever the umask, and nothing beside it")
  func replaces() {
    let path = directory.file("a", "old", mode: 0o600)
    let previous = umask(0o077)
    #expect(AtomicFile.replace(path, with: Array("new".utf8), mode: 0o644))
    umask(0o000)
    #expect(AtomicFile.replace(directory.path + "/b", with: [], mode: 0o600))
    umask(previous)
    #expect(content(path) == "new" && permissions(path) == 0o644)
    #expect(content(directory.path + "/b") == "" && permissions(directory.path + "/b") == 0o600)
    #expect(directory.names == ["a", "b"])
  }

  @Test("a link in the way is replaced, and what it points to stays")
  func link() {
    let victim = directory.file("victim", "precious")
    symlink(victim, directory.path + "/a")
    #expect(AtomicFile.replace(directory.path + "/a", with: Array("new".utf8), mode: 0o600))
    #expect(content(victim) == "precious" && content(directory.path + "/a") == "new")
    #expect(AtomicFile.replace(directory.path + "/a", withLinkTo: "victim"))
    #expect(content(directory.path + "/a") == "precious" && directory.names == ["a", "victim"])
  }

  @Test("what can't be put in place leaves the old and no litter, and says why")
  func failures() {
    #expect(!AtomicFile.replace(directory.path + "/none/a", with: [1], mode: 0o600) && errno == ENOENT)
    mkdir(directory.path + "/folder", 0o700)
    defer { rmdir(directory.path + "/folder") }
    #expect(!AtomicFile.replace(directory.path + "/folder", with: [1], mode: 0o600) && errno == EISDIR)
    #expect(!AtomicFile.replace(directory.path + "/folder", withLinkTo: "x") && errno == EISDIR)
    #expect(directory.names == ["folder"])
  }

  @Test("a name is taken relative to an open folder")
  func relative() {
    let folder = open(directory.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(folder) }
    #expect(AtomicFile.replace("a", in: folder, with: Array("1".utf8), mode: 0o600))
    #expect(AtomicFile.replace("b", in: folder, withLinkTo: "a"))
    #expect(content(directory.path + "/b") == "1" && directory.names == ["a", "b"])
  }
}
