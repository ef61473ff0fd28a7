import COpenSSL
import SystemSupport

/// Secret powers of one public base, at about a quarter of what ``BigNumber/modExp(_:_:_:)`` needs: the comb of Lim and
/// Lee ("More flexible exponentiation with precomputation", CRYPTO 1994).
///
/// The exponent's 260 bits are laid out in 5 rows of 52; row i stands for the base to 2^(52·i). A column of 5 bits is the
/// number of an entry in a table that holds every product of the rows' bases. Each row is cut into 4 pieces with a table of
/// their own, so that 13 columns are left to go through, with a squaring between one and the next: 12 squarings and 51
/// multiplications for every exponent, whatever its bits, in place of 256 and 80.
///
/// Constant time: all 32 entries of a table are read for each column, and the one that is meant is picked by masks. No
/// entry is shorter than the modulus, because OpenSSL takes another way, at another speed, for shorter factors. That is why
/// entry 0 isn't 1 (in Montgomery's form, 2^3072 - N, 64 bits short): two tables are multiplied by a constant c and two by
/// its inverse, and all of it cancels out.
package struct FixedBasePower: Sendable {
  /// The longest exponent: SRP's secret numbers and x have 256 bits.
  package static let maximumBits = rows * pieces * columns

  private static let rows = 5
  private static let pieces = 4
  private static let columns = 13
  private static let entryCount = 1 << rows

  private let modulus: OddModulus
  /// The tables one after another. An entry is in Montgomery's form, its bytes little-endian. Nothing in it is secret.
  private let entries: [UInt64]
  private let wordsPerEntry: Int

  /// - Parameters:
  ///   - base: less than the modulus.
  ///   - modulus: its length must be a multiple of 64 bits.
  package init(base: BigNumber, modulus: OddModulus) {
    precondition(modulus.number.bitWidth.isMultiple(of: 64))
    self.modulus = modulus
    let words = modulus.number.bitWidth / 64
    wordsPerEntry = words
    // base to 2^0, 2^13, 2^26, …: the piece changes first, then the row.
    var steps: [BigNumber] = []
    var power = modulus.toMontgomery(base)
    for step in 0..<(Self.rows * Self.pieces) {
      if step > 0 { for _ in 0..<Self.columns { power = modulus.product(power, power) } }
      steps.append(power)
    }
    // c is R, R^2, R^3 … (R = 2^3072): the conversions to and from Montgomery's form give those, and their inverses, at
    // no cost. The first with which no entry is too short will do.
    var (factor, inverse) = (modulus.toMontgomery(modulus.toMontgomery(BigNumber(1))), BigNumber(1))
    while true {
      let tables = (0..<Self.pieces).map { piece in
        Self.table(
          first: piece.isMultiple(of: 2) ? factor : inverse,
          rows: (0..<Self.rows).map { steps[$0 * Self.pieces + piece] }, modulus)
      }
      if tables.allSatisfy({ $0.allSatisfy { $0.bitWidth > modulus.number.bitWidth - 8 } }) {
        entries = tables.flatMap { $0.flatMap { $0.words(words) } }
        return
      }
      (factor, inverse) = (modulus.toMontgomery(factor), modulus.fromMontgomery(inverse))
    }
  }

  /// base ^ exponent mod modulus, in the same time for every exponent; nil for one of more than ``maximumBits``.
  package func power(_ exponent: BigNumber) -> BigNumber? {
    guard exponent.bitWidth <= Self.maximumBits else { return nil }
    var bits = [UInt8](repeating: 0, count: (Self.maximumBits + 7) / 8)
    defer { wipe(&bits) }
    guard BN_bn2lebinpad(exponent.storage.pointer, &bits, Int32(bits.count)) >= 0 else { return nil }
    return BigNumber.compute { result, context in
      let factor = BigNumber.Storage()
      var words = [UInt64](repeating: 0, count: wordsPerEntry)
      defer { words.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
      for column in (0..<Self.columns).reversed() {
        let isFirst = column == Self.columns - 1
        if !isFirst, multiply(result, result, by: result, context) != 1 { return 0 }
        for piece in 0..<Self.pieces {
          pick(digit(bits, piece: piece, column: column), from: piece, into: &words)
          guard load(words, isFirst && piece == 0 ? result : factor.pointer) else { return 0 }
          if isFirst, piece == 0 { continue }
          guard multiply(result, result, by: factor.pointer, context) == 1 else { return 0 }
        }
      }
      return BN_from_montgomery(result, result, modulus.montgomery, context)
    }
  }

  private func multiply(
    _ result: OpaquePointer, _ left: OpaquePointer, by right: OpaquePointer, _ context: OpaquePointer
  )
    -> Int32
  {
    BN_mod_mul_montgomery(result, left, right, modulus.montgomery, context)
  }

  /// The column's bits of this piece, one of each row.
  private func digit(_ bits: [UInt8], piece: Int, column: Int) -> UInt64 {
    var digit: UInt64 = 0
    for row in 0..<Self.rows {
      let place = (row * Self.pieces + piece) * Self.columns + column
      digit |= UInt64(bits[place / 8] >> UInt8(place % 8) & 1) << UInt64(row)
    }
    return digit
  }

  /// Copies one entry of a table, and reads all of them to do so.
  private func pick(_ digit: UInt64, from piece: Int, into words: inout [UInt64]) {
    entries.withUnsafeBufferPointer { entries in
      words.withUnsafeMutableBufferPointer { words in
        guard let target = words.baseAddress, let all = entries.baseAddress else { return }
        copenssl_pick(target, all + piece * Self.entryCount * wordsPerEntry, Self.entryCount, wordsPerEntry, digit)
      }
    }
  }

  private func load(_ words: [UInt64], _ number: OpaquePointer) -> Bool {
    words.withUnsafeBytes { bytes in
      BN_lebin2bn(bytes.bindMemory(to: UInt8.self).baseAddress, Int32(bytes.count), number) != nil
    }
  }

  /// Every product of the rows' bases, times `first`: bit i of an entry's number says whether row i is in it.
  private static func table(first: BigNumber, rows: [BigNumber], _ modulus: OddModulus) -> [BigNumber] {
    var table = [first]
    for base in rows { table += table.map { modulus.product($0, base) } }
    return table
  }
}

extension OddModulus {
  fileprivate func toMontgomery(_ number: BigNumber) -> BigNumber {
    .compute { BN_to_montgomery($0, number.storage.pointer, montgomery, $1) }
  }

  fileprivate func fromMontgomery(_ number: BigNumber) -> BigNumber {
    .compute { BN_from_montgomery($0, number.storage.pointer, montgomery, $1) }
  }

  /// Of two numbers in Montgomery's form.
  fileprivate func product(_ left: BigNumber, _ right: BigNumber) -> BigNumber {
    .compute { BN_mod_mul_montgomery($0, left.storage.pointer, right.storage.pointer, montgomery, $1) }
  }
}

extension BigNumber {
  /// Little-endian bytes, padded to so many words.
  fileprivate func words(_ count: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: count)
    words.withUnsafeMutableBytes { bytes in
      let written = BN_bn2lebinpad(
        storage.pointer, bytes.bindMemory(to: UInt8.self).baseAddress, Int32(bytes.count))
      precondition(written == bytes.count, "a number below the modulus fits")
    }
    return words
  }
}
