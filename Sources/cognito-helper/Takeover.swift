import CredentialProtocols
import Glibc
import SystemSupport
import TokenCache

/// Hands the request over to `cognito helper NAME …` by replacing this process, so that the client talks to one program
/// all the time and nothing has to be relayed.
struct Takeover {
  let name: HelperName
  let arguments: [String]
  let input: [UInt8]

  /// Returns only when it failed.
  func run() {
    guard replaceStandardInput() else { return }
    let words = ["cognito", "helper", name.rawValue] + arguments
    var vector: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    vector.append(nil)
    if let neighbour = Self.neighbour() { execv(neighbour, vector) }
    execvp("cognito", vector)
    vector.forEach { free($0) }
  }

  /// The request goes into a memory file rather than a pipe: it may be larger than a pipe holds, and nobody would be
  /// there to fill it.
  private func replaceStandardInput() -> Bool {
    guard let file = MemoryFile.open(holding: input) else { return false }
    return dup2(file, STDIN_FILENO) == STDIN_FILENO
  }

  /// `cognito` in the directory that this program really lies in, links followed.
  private static func neighbour() -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    let path = buffer[..<count].map { UInt8(bitPattern: $0) }
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return String(decoding: path[...slash], as: UTF8.self) + "cognito"
  }
}
