import CCurl

/// The body of a request: libcurl reads it here, once.
///
/// libcurl sends a request again by itself when a connection that it has used before dies without an answer. It has to
/// rewind the body for that, and nothing here can: it gives up with `CURLE_SEND_FAIL_REWIND`. Whether a call may be
/// carried out twice is for those to say who know what it does (``ServiceClient``).
final class CurlBody {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0
  /// Whether any of it has left.
  private(set) var isBegun = false

  /// - Parameter bytes: they must outlive the transfer.
  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// The body must outlive the transfer.
  func attach(to handle: CurlHandle) {
    ccurl_set_pointer(handle.pointer, CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque())
    ccurl_set_data_function(handle.pointer, CURLOPT_READFUNCTION) { buffer, size, count, context in
      guard let buffer, let context else { return 0 }
      return Unmanaged<CurlBody>.fromOpaque(context).takeUnretainedValue().read(into: buffer, size * count)
    }
  }

  /// 0 is the end.
  private func read(into buffer: UnsafeMutablePointer<CChar>, _ room: Int) -> Int {
    isBegun = true
    let part = bytes.dropFirst(offset).prefix(room)
    UnsafeMutableRawBufferPointer(start: buffer, count: room).copyBytes(from: part)
    offset += part.count
    return part.count
  }
}
