/// A QR code (ISO/IEC 18004) of bytes, at error correction level L: what a camera reads from a screen needs no more.
package struct QRCode: Sendable, Equatable {
  /// Modules in a row and in a column.
  package let size: Int
  /// Row after row; true is dark.
  private(set) var modules: [Bool]
  /// Modules with a place of their own, which no data and no mask may touch.
  private var isReserved: [Bool]

  package subscript(row: Int, column: Int) -> Bool { modules[row * size + column] }

  /// - Parameter mask: which of the eight patterns is laid over the data; nil to choose the one that reads best.
  /// - Returns: nil when there are more bytes than a code of the tenth version takes (271).
  package init?(_ bytes: [UInt8], mask: Int? = nil) {
    guard let version = QRVersion.smallest(for: bytes.count) else { return nil }
    var code = QRCode(empty: version)
    code.place(version.codewords(of: bytes))
    let masked = (mask.map { [$0] } ?? Array(0..<8)).map { code.masked($0) }
    guard let best = masked.min(by: { $0.penalty < $1.penalty }) else { return nil }
    self = best
  }

  /// The patterns that are the same in all codes of a version.
  private init(empty version: QRVersion) {
    size = version.size
    modules = Array(repeating: false, count: size * size)
    isReserved = modules
    for at in 0..<size {
      reserve(6, at, dark: at % 2 == 0)
      reserve(at, 6, dark: at % 2 == 0)
    }
    for (row, column) in [(3, 3), (3, size - 4), (size - 4, 3)] { finder(row, column) }
    let places = version.alignments
    for row in places {
      for column in places {
        let isInFinder = (row == 6 && (column == 6 || column == size - 7)) || (row == size - 7 && column == 6)
        if !isInFinder { alignment(row, column) }
      }
    }
    // Until the mask is chosen these are only kept free.
    format(mask: 0)
    if version.number >= 7 { versionBits(version.number) }
  }

  private mutating func reserve(_ row: Int, _ column: Int, dark: Bool) {
    modules[row * size + column] = dark
    isReserved[row * size + column] = true
  }

  private mutating func finder(_ row: Int, _ column: Int) {
    for down in -4...4 {
      for right in -4...4 where (0..<size).contains(row + down) && (0..<size).contains(column + right) {
        let ring = max(abs(down), abs(right))
        reserve(row + down, column + right, dark: ring != 2 && ring != 4)
      }
    }
  }

  private mutating func alignment(_ row: Int, _ column: Int) {
    for down in -2...2 {
      for right in -2...2 { reserve(row + down, column + right, dark: max(abs(down), abs(right)) != 1) }
    }
  }

  /// Level L (01) and the mask, with their own check bits, twice.
  private mutating func format(mask: Int) {
    let data = 0b01 << 3 | mask
    var rest = data
    for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
    let bits = (data << 10 | rest) ^ 0x5412
    func bit(_ at: Int) -> Bool { bits >> at & 1 == 1 }
    for at in 0..<6 { reserve(at, 8, dark: bit(at)) }
    reserve(7, 8, dark: bit(6))
    reserve(8, 8, dark: bit(7))
    reserve(8, 7, dark: bit(8))
    for at in 9..<15 { reserve(8, 14 - at, dark: bit(at)) }
    for at in 0..<8 { reserve(8, size - 1 - at, dark: bit(at)) }
    for at in 8..<15 { reserve(size - 15 + at, 8, dark: bit(at)) }
    reserve(size - 8, 8, dark: true)
  }

  private mutating func versionBits(_ number: Int) {
    var rest = number
    for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1f25 }
    let bits = number << 12 | rest
    for at in 0..<18 {
      let (far, near) = (size - 11 + at % 3, at / 3)
      reserve(far, near, dark: bits >> at & 1 == 1)
      reserve(near, far, dark: bits >> at & 1 == 1)
    }
  }

  /// Two columns at a time from the right, up and down in turn.
  private mutating func place(_ codewords: [UInt8]) {
    var at = 0
    for right in stride(from: size - 1, through: 1, by: -2) {
      let column = right <= 6 ? right - 1 : right
      for step in 0..<size {
        let isUpward = (column + 1) & 2 == 0
        let row = isUpward ? size - 1 - step : step
        for place in [row * size + column, row * size + column - 1] where !isReserved[place] {
          guard at < codewords.count * 8 else { continue }
          modules[place] = codewords[at / 8] >> (7 - at % 8) & 1 == 1
          at += 1
        }
      }
    }
  }

  private func masked(_ mask: Int) -> QRCode {
    var code = self
    for row in 0..<size {
      for column in 0..<size where !isReserved[row * size + column] {
        let isFlipped =
          switch mask {
          case 0: (row + column) % 2 == 0
          case 1: row % 2 == 0
          case 2: column % 3 == 0
          case 3: (row + column) % 3 == 0
          case 4: (row / 2 + column / 3) % 2 == 0
          case 5: row * column % 2 + row * column % 3 == 0
          case 6: (row * column % 2 + row * column % 3) % 2 == 0
          default: ((row + column) % 2 + row * column % 3) % 2 == 0
          }
        if isFlipped { code.modules[row * size + column].toggle() }
      }
    }
    code.format(mask: mask)
    return code
  }

  /// How hard it is to read, by the standard's first two rules: long runs and blocks of one colour. All masks are valid.
  private var penalty: Int {
    var sum = 0
    for line in 0..<size {
      for isColumn in [false, true] {
        func dark(_ at: Int) -> Bool { isColumn ? self[at, line] : self[line, at] }
        var run = 1
        for at in 1...size {
          if at < size, dark(at) == dark(at - 1) {
            run += 1
          } else {
            if run >= 5 { sum += run - 2 }
            run = 1
          }
        }
      }
    }
    for row in 1..<size {
      for column in 1..<size {
        let corner = self[row, column]
        if self[row - 1, column] == corner, self[row, column - 1] == corner, self[row - 1, column - 1] == corner {
          sum += 3
        }
      }
    }
    return sum
  }
}
