/// Why a frame was refused, or can't be sent. Holds no byte of the frame.
package struct FrameError: Error, Equatable, CustomStringConvertible {
  package enum Code: Sendable, Equatable {
    case empty, oversize, truncated, trailingBytes
    case unknownType(UInt8), wrongDirection(MessageType)
    case unknownTag(UInt8), unexpectedTag(FieldTag), duplicateTag(FieldTag), disorder(FieldTag), missing(FieldTag),
      invalid(FieldTag)
  }

  package let code: Code

  package init(_ code: Code) { self.code = code }

  package var description: String {
    switch code {
    case .empty: "an empty frame"
    case .oversize: "a frame larger than allowed"
    case .truncated: "a frame that ends inside a field"
    case .trailingBytes: "bytes after the end of a frame"
    case .unknownType(let byte): "unknown message type \(byte)"
    case .wrongDirection(let type): "\(type) isn't sent in this direction"
    case .unknownTag(let byte): "unknown field \(byte)"
    case .unexpectedTag(let tag): "a field \(tag) that this message doesn't have"
    case .duplicateTag(let tag): "field \(tag) twice"
    case .disorder(let tag): "field \(tag) out of order"
    case .missing(let tag): "no field \(tag)"
    case .invalid(let tag): "a field \(tag) that breaks its rule"
    }
  }
}
