import Cognito
import FoundationEssentials

extension JSONValue {
  /// Seconds since 1970 with a fraction, as the service writes times.
  static func time(_ date: Date) -> JSONValue { .double(date.timeIntervalSince1970) }

  static func strings(_ values: some Sequence<String>) -> JSONValue { .array(values.map { .string($0) }) }

  /// An object without the members that are nil.
  static func members(_ members: [String: JSONValue?]) -> JSONValue { .object(members.compactMapValues { $0 }) }

  /// The document's members; empty when it isn't an object (which `AWSDocument` doesn't let in).
  static func document(_ json: [UInt8]) -> [String: JSONValue] {
    (try? JSONValue.parse(json))?.object ?? [:]
  }
}
