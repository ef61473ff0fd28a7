/// What a code of a version holds, at error correction level L.
struct QRVersion {
  /// 1 to 10.
  let number: Int

  var size: Int { number * 4 + 17 }

  /// Check codewords in a block, and blocks (ISO/IEC 18004, table 9).
  private static let checks = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18]
  private static let blocks = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4]

  private var checkLength: Int { Self.checks[number - 1] }
  private var blockCount: Int { Self.blocks[number - 1] }

  /// Rows and columns whose crossings have an alignment pattern.
  var alignments: [Int] {
    guard number >= 2 else { return [] }
    let count = number / 7 + 2
    let step = (number * 4 + count * 2 + 1) / (count * 2 - 2) * 2
    return [6] + (0..<count - 1).map { size - 7 - $0 * step }.reversed()
  }

  /// All codewords: what the fixed patterns leave free.
  private var total: Int {
    var modules = (16 * number + 128) * number + 64
    if number >= 2 {
      let count = number / 7 + 2
      modules -= (25 * count - 10) * count - 55
    }
    if number >= 7 { modules -= 36 }
    return modules / 8
  }

  private var dataLength: Int { total - checkLength * blockCount }
  private var lengthBits: Int { number < 10 ? 8 : 16 }

  static func smallest(for count: Int) -> QRVersion? {
    (1...10).lazy.map { QRVersion(number: $0) }.first { count * 8 + 4 + $0.lengthBits <= $0.dataLength * 8 }
  }

  /// The bytes as a segment, filled up, in blocks with their checks, interleaved.
  func codewords(of bytes: [UInt8]) -> [UInt8] {
    var bits: [Bool] = []
    func append(_ value: Int, _ count: Int) {
      for shift in (0..<count).reversed() { bits.append(value >> shift & 1 == 1) }
    }
    append(0b0100, 4)
    append(bytes.count, lengthBits)
    for byte in bytes { append(Int(byte), 8) }
    append(0, min(4, dataLength * 8 - bits.count))
    append(0, (8 - bits.count % 8) % 8)
    var data = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    for fill in 0..<(dataLength - data.count) { data.append(fill % 2 == 0 ? 0xec : 0x11) }
    return interleaved(data)
  }

  private func interleaved(_ data: [UInt8]) -> [UInt8] {
    let shortLength = dataLength / blockCount
    let shortCount = blockCount - dataLength % blockCount
    var blocks: [ArraySlice<UInt8>] = []
    var rest = data[...]
    for block in 0..<blockCount {
      let length = shortLength + (block < shortCount ? 0 : 1)
      blocks.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    let checks = blocks.map { ReedSolomon.check(of: $0, length: checkLength) }
    var all: [UInt8] = []
    for at in 0...shortLength {
      for block in blocks where at < block.count { all.append(block[block.startIndex + at]) }
    }
    for at in 0..<checkLength { for check in checks { all.append(check[at]) } }
    return all
  }
}
