import FoundationEssentials
import LoginService
import Testing

/// One line of Tests/Vectors/qr_codes.txt, made by another encoder.
struct QRVector: Sendable, CustomTestStringConvertible {
  let text: String
  let mask: Int
  let modules: String
  var testDescription: String { "\(text.count) bytes, mask \(mask)" }

  static let all: [QRVector] = {
    let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    guard let data = FileManager.default.contents(atPath: "/\(path)/Vectors/qr_codes.txt") else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let words = line.split(separator: " ").map(String.init)
      return QRVector(text: words[0], mask: Int(words[1]) ?? -1, modules: words[2])
    }
  }()
}

@Suite("QR codes")
struct QRCodeTests {
  @Test("module for module as another encoder makes them, in all masks and several versions")
  func vectors() throws {
    #expect(QRVector.all.count == 13)
    for vector in QRVector.all {
      let code = try #require(QRCode(Array(vector.text.utf8), mask: vector.mask))
      var bits = (0..<code.size).flatMap { row in (0..<code.size).map { code[row, $0] } }
      bits += Array(repeating: false, count: (4 - bits.count % 4) % 4)
      let digits = stride(from: 0, to: bits.count, by: 4).map { start in
        String(bits[start..<start + 4].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }, radix: 16)
      }
      #expect(digits.joined() == vector.modules, "\(vector.testDescription)")
    }
  }

  @Test("the mask is chosen; what is too long for ten versions is no code")
  func choice() throws {
    let code = try #require(QRCode(Array("otpauth://totp/cognito:ada".utf8)))
    #expect((0..<8).contains { QRCode(Array("otpauth://totp/cognito:ada".utf8), mask: $0) == code })
    #expect(QRCode(Array(repeating: 65, count: 271))?.size == 57)
    #expect(QRCode(Array(repeating: 65, count: 272)) == nil)
  }

  @Test("half blocks show two rows in a line, with a light margin of four around, and fit a message")
  func text() throws {
    let code = try #require(QRCode(Array(repeating: 65, count: 150)))
    #expect(code.size == 45 && code.lines.count == 27 && code.lines.allSatisfy { $0.count == 53 })
    for row in 0..<code.size {
      let line = Array(code.lines[(row + 4) / 2])
      for column in 0..<code.size {
        let shown: Set<Character> = (row + 4) % 2 == 0 ? ["█", "▀"] : ["█", "▄"]
        #expect(shown.contains(line[column + 4]) != code[row, column])
      }
    }
    #expect(code.texts().joined(separator: "\n") == code.lines.joined(separator: "\n"))
    #expect(code.texts().allSatisfy { $0.utf8.count <= 4096 })
  }
}
