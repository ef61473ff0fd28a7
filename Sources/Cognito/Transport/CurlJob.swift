import CCurl
import COpenSSL

/// A transfer in libcurl's hands, with the memory that libcurl reads while it is. Used by the loop's thread alone.
final class CurlJob {
  let handle: CurlHandle
  let transfer: CurlTransfer
  private let sink: CurlSink
  private let body: UnsafeMutableRawBufferPointer
  private var headers: UnsafeMutablePointer<curl_slist>?

  init(_ transfer: CurlTransfer, settings: CurlTransport.Settings) throws(CognitoError) {
    guard let handle = CurlHandle() else { throw CognitoError(.network, "libcurl has no memory.") }
    self.handle = handle
    self.transfer = transfer
    sink = CurlSink(limit: settings.maximumResponseBytes)
    body = .allocate(byteCount: transfer.request.body.count, alignment: 1)
    body.copyBytes(from: transfer.request.body)
    try setHeaders()
    try configure(settings)
    try configureProxy(settings)
  }

  deinit {
    curl_slist_free_all(headers)
    // Passwords and tokens were in there.
    OPENSSL_cleanse(body.baseAddress, body.count)
    body.deallocate()
  }

  private func setHeaders() throws(CognitoError) {
    // An empty "Expect" keeps libcurl from asking for a 100 before it sends a body.
    for header in transfer.request.headers + [.init("Expect", "")] {
      guard (header.name + header.value).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
        throw CognitoError(.invalidInput, "A header of the request has a control character.")
      }
      guard let longer = curl_slist_append(headers, "\(header.name): \(header.value)") else { outOfMemory() }
      headers = longer
    }
    try handle.set(CURLOPT_HTTPHEADER, pointer: headers)
  }

  private func configure(_ settings: CurlTransport.Settings) throws(CognitoError) {
    let remaining = ContinuousClock.now.duration(to: transfer.deadline)
    guard remaining > .zero else { throw CognitoError(.timeout, "The deadline is over.") }
    try handle.set(CURLOPT_URL, transfer.request.url)
    try handle.set(CURLOPT_PROTOCOLS_STR, transfer.address.scheme)
    try handle.set(CURLOPT_NOSIGNAL, 1)
    try handle.set(CURLOPT_FOLLOWLOCATION, 0)
    try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
    try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
    try handle.set(CURLOPT_USERAGENT, "cognito-login")
    try handle.set(CURLOPT_TIMEOUT_MS, max(1, Int(remaining / .milliseconds(1))))
    try handle.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(settings.connectTimeout / .milliseconds(1))))
    try handle.set(CURLOPT_MAXFILESIZE_LARGE, large: settings.maximumResponseBytes)
    if let caFile = settings.caFile {
      try handle.set(CURLOPT_CAINFO, caFile)
      try handle.set(CURLOPT_PROXY_CAINFO, caFile)
    }
    if transfer.request.method == "GET" {
      try handle.set(CURLOPT_HTTPGET, 1)
    } else {
      try handle.set(CURLOPT_POST, 1)
      try handle.set(CURLOPT_POSTFIELDSIZE_LARGE, large: body.count)
      try handle.set(CURLOPT_POSTFIELDS, pointer: body.baseAddress)
      if transfer.request.method != "POST" { try handle.set(CURLOPT_CUSTOMREQUEST, transfer.request.method) }
    }
    sink.attach(to: handle)
  }

  private func configureProxy(_ settings: CurlTransport.Settings) throws(CognitoError) {
    if transfer.address.isLoopback || settings.plainHosts.contains(transfer.address.host) {
      try handle.set(CURLOPT_PROXY, "")
      return
    }
    switch settings.proxy {
    case .system: break
    case .none: try handle.set(CURLOPT_PROXY, "")
    case .url(let url, let except):
      try handle.set(CURLOPT_PROXY, url)
      try handle.set(CURLOPT_NOPROXY, except.joined(separator: ","))
    }
  }

  /// What became of it, once libcurl has said so.
  func result(_ code: CURLcode) -> Result<HTTPResponse, CognitoError> {
    let host = transfer.address.host
    if sink.isTooLong || code == CURLE_FILESIZE_EXCEEDED {
      return .failure(CognitoError(.responseTooLarge, "The answer of \(host) is too long."))
    }
    guard code == CURLE_OK else { return .failure(CurlFailure.error(code, host: host)) }
    guard (200...599).contains(handle.status) else {
      return .failure(CognitoError(.malformedResponse, "\(host) answered with status \(handle.status)."))
    }
    return .success(HTTPResponse(status: handle.status, headers: sink.headers, body: sink.body))
  }
}
