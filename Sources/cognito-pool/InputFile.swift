import Cognito
import FoundationEssentials

/// A file that somebody names on the command line.
enum InputFile {
  private static let mostBytes = 64 << 20

  /// The members of a JSON object, e.g. the input of an operation.
  /// - Throws: ``Failure`` that names the file.
  static func object(_ path: String) throws -> [String: JSONValue] {
    guard let value = try? JSONValue.parse(read(path), maximumDepth: 16, maximumBytes: mostBytes) else {
      throw Failure("\(path) isn't JSON")
    }
    guard let members = value.object else { throw Failure("\(path) isn't a JSON object, {\"…\": …}") }
    return members
  }

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
