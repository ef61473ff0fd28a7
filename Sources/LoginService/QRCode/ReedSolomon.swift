/// Check bytes over GF(2⁸) with x⁸ + x⁴ + x³ + x² + 1 (ISO/IEC 18004, 7.5.2).
enum ReedSolomon {
  static func check(of data: some Sequence<UInt8>, length: Int) -> [UInt8] {
    let divisor = divisor(of: length)
    var rest = [UInt8](repeating: 0, count: length)
    for byte in data {
      let factor = byte ^ rest.removeFirst()
      rest.append(0)
      for at in rest.indices { rest[at] ^= multiply(divisor[at], factor) }
    }
    return rest
  }

  /// (x − 1)(x − 2)(x − 4)…, without its leading 1.
  private static func divisor(of length: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: length - 1) + [1]
    var root: UInt8 = 1
    for _ in 0..<length {
      for at in result.indices {
        result[at] = multiply(result[at], root)
        if at + 1 < length { result[at] ^= result[at + 1] }
      }
      root = multiply(root, 2)
    }
    return result
  }

  private static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var product: UInt8 = 0
    for shift in (0..<8).reversed() {
      product = product << 1 ^ (product >> 7) * 0x1d
      if right >> shift & 1 == 1 { product ^= left }
    }
    return product
  }
}
