import COpenSSL
import SystemSupport

/// A whole number of any size, zero or positive, on OpenSSL's BIGNUM.
///
/// Every number may be a secret: memory is cleared when it is freed, and exponentiation takes the same time for
/// every exponent of the same length.
package struct BigNumber: Sendable {
  /// Longest text accepted from a peer: twice what the SRP group needs.
  package static let maximumHexDigits = 2048

  let storage: Storage

  /// Owns one BIGNUM.
  ///
  /// `@unchecked Sendable`: the BIGNUM is never written after `init`, and OpenSSL only reads its operands.
  final class Storage: @unchecked Sendable {
    let pointer: OpaquePointer

    init() {
      guard let pointer = BN_new() else { outOfMemory() }
      self.pointer = pointer
      BN_set_flags(pointer, BN_FLG_CONSTTIME)
    }

    deinit { BN_clear_free(pointer) }
  }

  init(_ storage: Storage) {
    self.storage = storage
  }

  /// Big-endian, unsigned; no bytes mean zero.
  package init(bytes: [UInt8]) {
    let storage = Storage()
    guard BN_bin2bn(bytes, Int32(bytes.count), storage.pointer) != nil else { outOfMemory() }
    self.init(storage)
  }

  package init(_ value: UInt8) {
    self.init(bytes: [value])
  }

  /// Reads hexadecimal digits, of which there may be an odd number. `nil` for no digit, more than
  /// ``maximumHexDigits``, a sign, a prefix, or any other character.
  package init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard !digits.isEmpty, digits.count <= Self.maximumHexDigits else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity((digits.count + 1) / 2)
    var high: UInt8? = digits.count.isMultiple(of: 2) ? nil : 0
    for digit in digits {
      guard let value = Hex.value(digit) else { return nil }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    self.init(bytes: bytes)
    wipe(&bytes)
  }

  /// Lower-case digits with no leading zero; zero is "0". The form in which SRP_A, SRP_B and SALT travel.
  package var hex: String {
    let digits = Hex.encode(bytes)
    if digits.isEmpty { return "0" }
    return digits.hasPrefix("0") ? String(digits.dropFirst()) : digits
  }

  /// Big-endian with no leading zero byte; empty for zero.
  package var bytes: [UInt8] {
    var output = [UInt8](repeating: 0, count: (Int(BN_num_bits(storage.pointer)) + 7) / 8)
    BN_bn2bin(storage.pointer, &output)
    return output
  }

  /// The bytes of Java's `BigInteger.toByteArray()`, which Cognito hashes: a zero byte in front when the top bit is
  /// set, and one zero byte for zero.
  package var padded: [UInt8] {
    let bytes = self.bytes
    guard let first = bytes.first else { return [0] }
    return first & 0x80 == 0 ? bytes : [0] + bytes
  }

  package var isZero: Bool { BN_is_zero(storage.pointer) == 1 }

  package var bitWidth: Int { Int(BN_num_bits(storage.pointer)) }
}

extension BigNumber: Equatable {
  package static func == (left: BigNumber, right: BigNumber) -> Bool {
    constantTimeEquals(left.bytes, right.bytes)
  }
}
