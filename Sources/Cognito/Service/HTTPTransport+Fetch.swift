import FoundationEssentials

extension HTTPTransport {
  /// Sends a request that may be repeated until an answer can be used: keys, metadata. It waits as ``RetryPolicy`` says,
  /// and no longer than the deadline.
  ///
  /// - Parameters:
  ///   - attemptTimeout: for one attempt, so that one lost packet doesn't eat the whole time.
  ///   - retry: attempts and waits.
  /// - Returns: the last answer, whatever its status.
  /// - Throws: ``CognitoError`` when the last attempt got no answer.
  func fetch(
    _ request: HTTPRequest, deadline: ContinuousClock.Instant, attemptTimeout: Duration,
    retry: RetryPolicy = RetryPolicy()
  ) async throws(CognitoError) -> HTTPResponse {
    var attempt = 1
    while true {
      let failure: CognitoError
      var answer: HTTPResponse?
      do {
        let response = try await send(request, deadline: min(deadline, .now + attemptTimeout))
        guard response.status == 429 || response.status >= 500 else { return response }
        answer = response
        failure = ServiceError.error(response, now: Date())
      } catch {
        failure = error
      }
      guard let delay = retry.delay(after: failure, attempt: attempt, isRepeatable: true), .now + delay < deadline
      else {
        if let answer { return answer }
        throw failure
      }
      do { try await retry.sleep(delay) } catch { throw CognitoError(.cancelled, "The request was cancelled.") }
      attempt += 1
    }
  }
}
