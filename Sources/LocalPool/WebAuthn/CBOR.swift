/// A value of CBOR (RFC 8949), as far as authenticators use it: no floating-point numbers, no tags.
package indirect enum CBOR: Hashable, Sendable {
  case int(Int64)
  case bytes([UInt8])
  case text(String)
  case array([CBOR])
  case map([CBOR: CBOR])
  case bool(Bool)
  case null
}

extension CBOR {
  package var int: Int64? {
    guard case .int(let value) = self else { return nil }
    return value
  }

  package var bytes: [UInt8]? {
    guard case .bytes(let value) = self else { return nil }
    return value
  }

  package var text: String? {
    guard case .text(let value) = self else { return nil }
    return value
  }

  package var map: [CBOR: CBOR]? {
    guard case .map(let value) = self else { return nil }
    return value
  }
}
