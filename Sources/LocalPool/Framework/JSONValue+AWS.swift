import Cognito
import FoundationEssentials

extension JSONValue {
  /// Seconds since 1970 with a fraction, as the service writes times.
  static func time(_ date: Date) -> JSONValue { .double(date.timeIntervalSince1970) }

  /// The document's members; empty when it isn't an object (which `AWSDocument` doesn't let in).
  static func document(_ json: [UInt8]) -> [String: JSONValue] {
    (try? JSONValue.parse(json))?.object ?? [:]
  }
}
