import Glibc
import SystemSupport
import TokenCache

/// A directory of the user's that nobody else may enter, and files in it by profile.
struct PrivateDirectory: Sendable {
  let path: String

  init(_ path: String) { self.path = path }

  /// Profile names, pool ids and client ids have no `@` and no `/`, so two credentials never share a file.
  func path(of profile: Profile, _ suffix: String) -> String {
    "\(path)/\(profile.name)@\(profile.userPoolID)@\(profile.clientID).\(suffix)"
  }

  /// Makes it and its parents with mode 0700, and refuses one that somebody else could write to.
  func make() throws(SessionStoreError) {
    var end = path.utf8.startIndex
    while let slash = path.utf8[end...].dropFirst().firstIndex(of: UInt8(ascii: "/")) {
      mkdir(String(path[..<slash]), 0o700)
      end = slash
    }
    mkdir(path, 0o700)
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw SessionStoreError(.failed, "The directory \(path) can't be made: \(String(cString: strerror(errno))).")
    }
    guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      throw SessionStoreError(.unsafeFile, "The directory \(path) can be written by others.")
    }
  }
}
