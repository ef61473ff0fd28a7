import Glibc

/// A device that the pool has just begun to track. It counts once it is confirmed; until then the pool renews none of its
/// tokens.
public struct NewDevice: Sendable, Hashable {
  /// The device's key.
  public let key: String
  /// The key of its group, part of what it proves at sign-in.
  public let groupKey: String

  /// - Parameters:
  ///   - key: the device's key.
  ///   - groupKey: the key of its group.
  public init(key: String, groupKey: String) {
    self.key = key
    self.groupKey = groupKey
  }

  /// A name to confirm a device with, by which people know it again: program and machine.
  ///
  /// - Parameter program: which program it is, in a word.
  public static func suggestedName(for program: String) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    let isKnown = gethostname(&buffer, buffer.count - 1) == 0
    let host = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    guard isKnown, !host.isEmpty, host.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return program }
    return "\(program) on \(String(decoding: host, as: UTF8.self))"
  }

  init(_ json: JSONValue) throws(CognitoError) {
    guard let key = json["DeviceKey"]?.string, let groupKey = json["DeviceGroupKey"]?.string, !key.isEmpty,
      key.utf8.count <= 128, !groupKey.isEmpty, groupKey.utf8.count <= 128
    else { throw CognitoError(.malformedResponse, "The service described a new device without its keys.") }
    self.init(key: key, groupKey: groupKey)
  }
}
