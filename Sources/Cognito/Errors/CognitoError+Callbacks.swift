extension CognitoError {
  /// The error of a closure of the caller's, which may throw anything, as one of ours.
  init(ofCallback error: any Error) {
    switch error {
    case let error as CognitoError: self = error
    case is CancellationError: self.init(.cancelled, "The call was cancelled.")
    default: self.init(.callbackFailed, "\(error)", cause: error)
    }
  }

  /// Runs what may throw anything: closures of the caller's, and the standard library's own waiting.
  nonisolated(nonsending) static func typed<Value>(
    _ body: nonisolated(nonsending) () async throws -> Value
  ) async throws(CognitoError) -> Value {
    do {
      return try await body()
    } catch {
      throw CognitoError(ofCallback: error)
    }
  }
}
