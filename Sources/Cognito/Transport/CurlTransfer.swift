import CCurl
import Synchronization

/// One request on its way. It is answered exactly once: by the thread that runs it or by a cancellation, whichever
/// comes first.
final class CurlTransfer: Sendable {
  private typealias Continuation = CheckedContinuation<HTTPResponse, any Error>

  private enum State {
    case waiting
    case running(Continuation)
    case finished
  }

  private let request: HTTPRequest
  private let address: WebAddress
  private let settings: CurlTransport.Settings
  private let deadline: ContinuousClock.Instant
  private let state = Mutex(State.waiting)

  init(
    _ request: HTTPRequest, address: WebAddress, settings: CurlTransport.Settings,
    deadline: ContinuousClock.Instant
  ) {
    self.request = request
    self.address = address
    self.settings = settings
    self.deadline = deadline
  }

  /// False when it was cancelled before it began; the continuation is answered then.
  func begin(_ continuation: CheckedContinuation<HTTPResponse, any Error>) -> Bool {
    let isLive = state.withLock { state in
      guard case .waiting = state else { return false }
      state = .running(continuation)
      return true
    }
    if !isLive { continuation.resume(throwing: Self.cancelled) }
    return isLive
  }

  func cancel() { finish(.failure(Self.cancelled)) }

  func finish(_ result: Result<HTTPResponse, CognitoError>) {
    let continuation: Continuation? = state.withLock { state in
      defer { state = .finished }
      guard case .running(let continuation) = state else { return nil }
      return continuation
    }
    continuation?.resume(with: result.mapError { $0 as any Error })
  }

  private static let cancelled = CognitoError(.cancelled, "The request was cancelled.")

  /// Whether nobody waits any more: the thread then gives up at libcurl's next look.
  fileprivate var isAbandoned: Bool {
    state.withLock { state in
      if case .running = state { return false }
      return true
    }
  }

  /// Blocks until the answer is there.
  func run(on handle: CurlHandle) -> Result<HTTPResponse, CognitoError> {
    if isAbandoned { return .failure(Self.cancelled) }
    let remaining = ContinuousClock.now.duration(to: deadline)
    guard remaining > .zero else { return .failure(CognitoError(.timeout, "The deadline is over.")) }
    let sink = CurlSink(limit: settings.maximumResponseBytes)
    do throws(CognitoError) {
      return try withHeaders { (list) throws(CognitoError) -> Result<HTTPResponse, CognitoError> in
        try configure(handle, sink, list, remaining)
        let code = request.body.withUnsafeBytes { body in
          // libcurl reads the body in place while it performs. Setting one, even none, makes a POST of any request.
          if request.method != "GET" { ccurl_set_pointer(handle.pointer, CURLOPT_POSTFIELDS, body.baseAddress) }
          return curl_easy_perform(handle.pointer)
        }
        let status = handle.status
        // Forget this request: the kept connection is all that the next one gets.
        curl_easy_reset(handle.pointer)
        return result(code, sink, status)
      }
    } catch {
      curl_easy_reset(handle.pointer)
      return .failure(error)
    }
  }

  private func withHeaders<R>(
    _ body: (UnsafeMutablePointer<curl_slist>?) throws(CognitoError) -> R
  ) throws(CognitoError) -> R {
    // An empty "Expect" keeps libcurl from asking for a 100 before it sends a body.
    var list: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(list) }
    for (name, value) in request.headers + [(name: "Expect", value: "")] {
      guard (name + value).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
        throw CognitoError(.invalidInput, "A header of the request has a control character.")
      }
      guard let longer = curl_slist_append(list, "\(name): \(value)") else { outOfMemory() }
      list = longer
    }
    return try body(list)
  }

  private func configure(
    _ handle: CurlHandle, _ sink: CurlSink, _ headers: UnsafeMutablePointer<curl_slist>?, _ remaining: Duration
  ) throws(CognitoError) {
    try handle.set(CURLOPT_URL, request.url)
    try handle.set(CURLOPT_PROTOCOLS_STR, address.scheme)
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
    try configureProxy(handle)
    if request.method == "GET" {
      try handle.set(CURLOPT_HTTPGET, 1)
    } else {
      try handle.set(CURLOPT_POST, 1)
      try handle.set(CURLOPT_POSTFIELDSIZE_LARGE, large: request.body.count)
      if request.method != "POST" { try handle.set(CURLOPT_CUSTOMREQUEST, request.method) }
    }
    try handle.set(CURLOPT_HTTPHEADER, pointer: headers)
    sink.attach(to: handle)
    try handle.set(CURLOPT_NOPROGRESS, 0)
    ccurl_set_progress_function(handle.pointer) { context, _, _, _, _ in
      guard let context else { return 1 }
      return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().isAbandoned ? 1 : 0
    }
    try handle.set(CURLOPT_XFERINFODATA, pointer: Unmanaged.passUnretained(self).toOpaque())
  }

  private func configureProxy(_ handle: CurlHandle) throws(CognitoError) {
    if address.isLoopback || settings.plainHosts.contains(address.host) {
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

  private func result(_ code: CURLcode, _ sink: CurlSink, _ status: Int) -> Result<HTTPResponse, CognitoError> {
    if sink.isTooLong || code == CURLE_FILESIZE_EXCEEDED {
      return .failure(CognitoError(.responseTooLarge, "The answer of \(address.host) is too long."))
    }
    guard code == CURLE_OK else { return .failure(CurlFailure.error(code, host: address.host)) }
    guard (200...599).contains(status) else {
      return .failure(CognitoError(.malformedResponse, "\(address.host) answered with status \(status)."))
    }
    return .success(HTTPResponse(status: status, headers: sink.headers, body: sink.body))
  }
}
