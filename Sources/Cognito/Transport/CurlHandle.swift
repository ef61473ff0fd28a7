import CCurl

/// Owns one easy handle, with the connections that it keeps open.
///
/// `@unchecked Sendable`: ``CurlTransport`` hands a handle to one thread at a time.
final class CurlHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer

  init?() {
    guard let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
  }

  deinit { curl_easy_cleanup(pointer) }

  func set(_ option: CURLoption, _ value: Int) throws(CognitoError) {
    try check(ccurl_set_long(pointer, option, value))
  }

  func set(_ option: CURLoption, _ value: String?) throws(CognitoError) {
    try check(ccurl_set_string(pointer, option, value))
  }

  func set(_ option: CURLoption, pointer value: UnsafeRawPointer?) throws(CognitoError) {
    try check(ccurl_set_pointer(pointer, option, value))
  }

  func set(_ option: CURLoption, large value: Int) throws(CognitoError) {
    try check(ccurl_set_off(pointer, option, curl_off_t(value)))
  }

  var status: Int {
    var status = 0
    ccurl_get_long(pointer, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  private func check(_ code: CURLcode) throws(CognitoError) {
    guard code == CURLE_OK else {
      throw CognitoError(
        .invalidConfiguration, "libcurl refuses a setting: \(String(cString: curl_easy_strerror(code))).")
    }
  }
}
