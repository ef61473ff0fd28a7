import FoundationEssentials

/// A file that somebody names on the command line.
enum InputFile {
  private static let mostBytes = 64 << 20

  /// The bytes of a file.
  /// - Throws: ``Failure`` that names it.
  static func read(_ path: String) throws -> [UInt8] {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw Failure("can't read \(path): look whether it is there and yours")
    }
    guard bytes.count <= mostBytes else { throw Failure("\(path) is longer than \(mostBytes >> 20) MiB") }
    return [UInt8](bytes)
  }
}
