import CCurl
import SystemSupport

/// Takes in an answer as it arrives, up to a limit. Used by one thread, for one transfer.
final class CurlSink {
  private static let maximumHeaderBytes = 64 << 10

  private let limit: Int
  private var headerBytes = 0
  private(set) var headers: [String: String] = [:]
  private(set) var body: [UInt8] = []
  private(set) var isTooLong = false
  /// Whether it came before the request's body had begun to leave: then it is no answer to this request but one to
  /// another that has used the connection before. (libcurl before 8 doesn't look.)
  private(set) var isForeign = false
  private let request: CurlBody?

  /// - Parameter request: the body of the request, if it has one.
  init(limit: Int, request: CurlBody?) {
    self.limit = limit
    self.request = request
  }

  /// The sink must outlive the transfer.
  func attach(to handle: CurlHandle) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    ccurl_set_pointer(handle.pointer, CURLOPT_WRITEDATA, context)
    ccurl_set_data_function(handle.pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      CurlSink.take(bytes, size * count, context) { $0.append($1) }
    }
    ccurl_set_pointer(handle.pointer, CURLOPT_HEADERDATA, context)
    ccurl_set_data_function(handle.pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      CurlSink.take(bytes, size * count, context) { $0.appendHeader($1) }
    }
  }

  /// Anything but the whole count tells libcurl to stop.
  private static func take(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ body: (CurlSink, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let context else { return 0 }
    let sink = Unmanaged<CurlSink>.fromOpaque(context).takeUnretainedValue()
    return body(sink, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
  }

  private func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard body.count + bytes.count <= limit else {
      isTooLong = true
      return false
    }
    // Tokens come in here: what the array grows out of is wiped.
    body.appendWiping(bytes)
    return true
  }

  private func appendHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if let request, !request.isBegun {
      isForeign = true
      return false
    }
    headerBytes += bytes.count
    guard headerBytes <= Self.maximumHeaderBytes else {
      isTooLong = true
      return false
    }
    // A status line begins a new set of headers: an interim answer (1xx) comes before the real one.
    if bytes.starts(with: "HTTP/".utf8) { headers = [:] }
    // By bytes: to a String, CR and LF are one character, and so is a letter with what is combined with it.
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return true }
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let value = bytes[(colon + 1)...].drop(while: isBlank).prefix { $0 != 0x0d && $0 != 0x0a }
    headers[String(decoding: bytes[..<colon], as: UTF8.self).lowercased()] = String(decoding: value, as: UTF8.self)
    return true
  }
}
