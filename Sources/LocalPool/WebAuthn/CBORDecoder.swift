/// Reads CBOR in the form that CTAP2 prescribes (section 8, "canonical"): every number and length in its shortest form, all
/// lengths definite, at most four levels, no key twice. The order of keys is the one rule not asked for: it can't make two
/// values of one text, and authenticators have got it wrong.
package struct CBORDecoder {
  static let maximumDepth = 4

  private var rest: ArraySlice<UInt8>

  /// The only value in `bytes`.
  package static func decode(_ bytes: [UInt8]) throws(WebAuthnFailure) -> CBOR {
    let (value, rest) = try decodeFirst(bytes[...])
    guard rest.isEmpty else { throw malformed }
    return value
  }

  /// The first value in `bytes`, and what comes after it.
  package static func decodeFirst(
    _ bytes: ArraySlice<UInt8>
  ) throws(WebAuthnFailure) -> (value: CBOR, rest: ArraySlice<UInt8>) {
    var decoder = CBORDecoder(rest: bytes)
    let value = try decoder.value(depth: 0)
    return (value, decoder.rest)
  }

  private static let malformed = WebAuthnFailure.malformed("CBOR")

  private mutating func value(depth: Int) throws(WebAuthnFailure) -> CBOR {
    guard let first = rest.popFirst() else { throw Self.malformed }
    let argument = try argument(first & 0x1F)
    switch first >> 5 {
    case 0:
      guard let number = Int64(exactly: argument) else { throw Self.malformed }
      return .int(number)
    case 1:
      guard let number = Int64(exactly: argument) else { throw Self.malformed }
      return .int(-1 - number)
    case 2:
      return .bytes(Array(try take(argument)))
    case 3:
      guard let text = String(validating: try take(argument), as: UTF8.self) else { throw Self.malformed }
      return .text(text)
    case 4:
      return .array(try array(argument, depth: depth + 1))
    case 5:
      return .map(try map(argument, depth: depth + 1))
    case 7:
      switch first {
      case 0xF4: return .bool(false)
      case 0xF5: return .bool(true)
      case 0xF6: return .null
      default: throw Self.malformed
      }
    default:
      throw Self.malformed
    }
  }

  /// The number that a first byte announces, which must not fit in fewer bytes.
  private mutating func argument(_ short: UInt8) throws(WebAuthnFailure) -> UInt64 {
    let (count, least): (Int, UInt64)
    switch short {
    case 0..<24: return UInt64(short)
    case 24: (count, least) = (1, 24)
    case 25: (count, least) = (2, 1 << 8)
    case 26: (count, least) = (4, 1 << 16)
    case 27: (count, least) = (8, 1 << 32)
    default: throw Self.malformed
    }
    let number = try take(UInt64(count)).reduce(0) { $0 << 8 | UInt64($1) }
    guard number >= least else { throw Self.malformed }
    return number
  }

  private mutating func take(_ count: UInt64) throws(WebAuthnFailure) -> ArraySlice<UInt8> {
    guard count <= UInt64(rest.count) else { throw Self.malformed }
    let taken = rest.prefix(Int(count))
    rest = rest.dropFirst(Int(count))
    return taken
  }

  /// So many elements, as far as they could be there at all: each takes a byte at least.
  private func checked(_ count: UInt64, depth: Int) throws(WebAuthnFailure) -> Int {
    guard depth <= Self.maximumDepth, count <= UInt64(rest.count) else { throw Self.malformed }
    return Int(count)
  }

  private mutating func array(_ count: UInt64, depth: Int) throws(WebAuthnFailure) -> [CBOR] {
    var elements: [CBOR] = []
    for _ in 0..<(try checked(count, depth: depth)) { elements.append(try value(depth: depth)) }
    return elements
  }

  private mutating func map(_ count: UInt64, depth: Int) throws(WebAuthnFailure) -> [CBOR: CBOR] {
    var members: [CBOR: CBOR] = [:]
    for _ in 0..<(try checked(count, depth: depth)) {
      let key = try value(depth: depth)
      guard members.updateValue(try value(depth: depth), forKey: key) == nil else { throw Self.malformed }
    }
    return members
  }
}
