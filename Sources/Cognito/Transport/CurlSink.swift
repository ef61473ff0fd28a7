import CCurl

/// Takes in an answer as it arrives, up to a limit. Used by one thread, for one transfer.
final class CurlSink {
  private static let maximumHeaderBytes = 64 << 10

  private let limit: Int
  private var headerBytes = 0
  private(set) var headers: [String: String] = [:]
  private(set) var body: [UInt8] = []
  private(set) var isTooLong = false

  init(limit: Int) {
    self.limit = limit
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
    body.append(contentsOf: bytes)
    return true
  }

  private func appendHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    headerBytes += bytes.count
    guard headerBytes <= Self.maximumHeaderBytes else {
      isTooLong = true
      return false
    }
    let line = String(decoding: bytes, as: UTF8.self)
    // A status line begins a new set of headers: after a proxy's answer comes the server's.
    if line.hasPrefix("HTTP/") { headers = [:] }
    guard let colon = line.firstIndex(of: ":") else { return true }
    let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
    headers[line[..<colon].lowercased()] = String(value.prefix { !$0.isNewline })
    return true
  }
}
