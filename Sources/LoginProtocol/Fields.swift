/// The fields of one payload, checked against the shape of its type and the rule of each tag.
struct Fields {
  private var values: [FieldTag: ArraySlice<UInt8>] = [:]

  init(_ bytes: ArraySlice<UInt8>, of type: MessageType) throws(FrameError) {
    let shape = type.shape
    var rest = bytes
    var last: FieldTag?
    while !rest.isEmpty {
      guard rest.count >= 3 else { throw FrameError(.truncated) }
      let start = rest.startIndex
      guard let tag = FieldTag(rawValue: rest[start]) else { throw FrameError(.unknownTag(rest[start])) }
      let length = Int(rest[start + 1]) << 8 | Int(rest[start + 2])
      rest = rest.dropFirst(3)
      guard rest.count >= length else { throw FrameError(.truncated) }
      guard shape.required.contains(tag) || shape.optional.contains(tag) else { throw FrameError(.unexpectedTag(tag)) }
      guard values[tag] == nil else { throw FrameError(.duplicateTag(tag)) }
      if let last, last.rawValue > tag.rawValue { throw FrameError(.disorder(tag)) }
      let value = rest.prefix(length)
      guard tag.accepts(value) else { throw FrameError(.invalid(tag)) }
      values[tag] = value
      last = tag
      rest = rest.dropFirst(length)
    }
    for tag in shape.required where values[tag] == nil { throw FrameError(.missing(tag)) }
  }

  func has(_ tag: FieldTag) -> Bool { values[tag] != nil }

  private func bytes(_ tag: FieldTag) throws(FrameError) -> ArraySlice<UInt8> {
    guard let bytes = values[tag] else { throw FrameError(.missing(tag)) }
    return bytes
  }

  func byte(_ tag: FieldTag) throws(FrameError) -> UInt8 {
    guard let byte = try bytes(tag).first else { throw FrameError(.missing(tag)) }
    return byte
  }

  func number(_ tag: FieldTag) throws(FrameError) -> UInt32 { try bytes(tag).reduce(0) { $0 << 8 | UInt32($1) } }

  func choice<Choice: RawRepresentable<UInt8>>(_ tag: FieldTag) throws(FrameError) -> Choice {
    guard let choice = Choice(rawValue: try byte(tag)) else { throw FrameError(.invalid(tag)) }
    return choice
  }

  func text(_ tag: FieldTag) throws(FrameError) -> String {
    guard let text = String(validating: try bytes(tag), as: UTF8.self) else { throw FrameError(.invalid(tag)) }
    return text
  }

  func secret(_ tag: FieldTag) throws(FrameError) -> SecretBytes { SecretBytes(try bytes(tag)) }
}
