import FoundationEssentials
import LoginProtocol
import Testing

/// One line of Tests/Vectors/login_frames.txt.
struct FrameVector: Sendable, CustomTestStringConvertible {
  let name: String
  let receiver: Receiver
  let isAccepted: Bool
  let frame: [UInt8]
  /// How the message describes itself, or what is wrong with it.
  let rest: String

  var testDescription: String { name }

  static let all: [FrameVector] = {
    let path = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    guard let data = FileManager.default.contents(atPath: "/\(path)/Vectors/login_frames.txt") else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap(parse)
  }()

  private static func parse(_ line: Substring) -> FrameVector? {
    let parts = line.split(separator: " ", maxSplits: 4).map(String.init)
    guard parts.count == 5, !line.hasPrefix("#") else { return nil }
    let receivers: [String: Receiver] = ["daemon": .daemon, "module": .module, "client": .client]
    guard let receiver = receivers[parts[1]] else { return nil }
    return FrameVector(
      name: parts[0], receiver: receiver, isAccepted: parts[2] == "ok", frame: bytes(parts[3]),
      rest: parts[4].replacing("y*4096", with: String(repeating: "y", count: 4096)))
  }

  private static func bytes(_ text: String) -> [UInt8] {
    text.split(separator: "+").flatMap { piece -> [UInt8] in
      let parts = piece.split(separator: "*")
      let digits = Array(parts[0])
      let plain = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
      return parts.count == 2 ? Array(repeating: plain[0], count: Int(parts[1]) ?? 0) : plain
    }
  }
}

@Suite("The shared frame vectors")
struct FrameVectorTests {
  @Test("the file is read") func fileIsRead() {
    #expect(FrameVector.all.count > 100)
    #expect(Set(FrameVector.all.filter(\.isAccepted).map { $0.frame[4] }) == Set(MessageType.allCases.map(\.rawValue)))
  }

  @Test("an accepted frame is described as written, and encodes to the same bytes", arguments: FrameVector.all)
  func accepted(_ vector: FrameVector) throws {
    guard vector.isAccepted else { return }
    let message = try FrameDecoder.decode(vector.frame, for: vector.receiver)
    #expect("\(message)" == vector.rest)
    #expect(try FrameEncoder.encode(message) == vector.frame)
  }

  @Test("a refused frame is refused for the reason given", arguments: FrameVector.all)
  func refused(_ vector: FrameVector) throws {
    guard !vector.isAccepted else { return }
    let error = #expect(throws: FrameError.self) { try FrameDecoder.decode(vector.frame, for: vector.receiver) }
    let reason =
      switch error?.code {
      case .empty: "empty"
      case .oversize: "oversize"
      case .truncated: "truncated"
      case .trailingBytes: "trailingBytes"
      case .unknownType: "unknownType"
      case .wrongDirection: "direction"
      case .unknownTag: "unknownTag"
      case .unexpectedTag: "unexpectedTag"
      case .duplicateTag: "duplicateTag"
      case .disorder: "disorder"
      case .missing: "missing"
      case .invalid: "invalid"
      case nil: "none"
      }
    // A type that exists, but not between these two, is simply unknown to the module.
    let expected = vector.name == "request-to-module" ? "direction" : vector.rest
    #expect(reason == expected)
  }

  @Test("no end takes a frame that is meant for another", arguments: FrameVector.all)
  func otherReceivers(_ vector: FrameVector) {
    guard vector.isAccepted else { return }
    for receiver in Receiver.allCases where receiver != vector.receiver {
      #expect(throws: FrameError.self) { try FrameDecoder.decode(vector.frame, for: receiver) }
    }
  }

  @Test("a frame cut short anywhere is waited for, never misread", arguments: FrameVector.all)
  func cutShort(_ vector: FrameVector) throws {
    guard vector.isAccepted, vector.frame.count < 200 else { return }
    for end in 0..<vector.frame.count {
      var decoder = FrameDecoder(for: vector.receiver)
      decoder.append(vector.frame[..<end])
      #expect(try decoder.next() == nil)
      #expect(decoder.pending == end)
      decoder.append(vector.frame[end...])
      #expect(try decoder.next() != nil)
    }
  }
}
