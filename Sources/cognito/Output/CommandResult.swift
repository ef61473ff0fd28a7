import Cognito
import Glibc
import SystemSupport
import TokenCache

/// What a command found out: one value, shown as text or as one line of JSON.
struct CommandResult {
  var text: String
  var json: JSONValue

  func print(asJSON: Bool) throws {
    let bytes = (asJSON ? json.serialized() : Array(text.utf8)) + [UInt8(ascii: "\n")]
    guard Descriptor.writeAll(STDOUT_FILENO, bytes) else {
      throw CommandFailure(.failed, "The output can't be written: \(String(cString: strerror(errno))).")
    }
  }
}
