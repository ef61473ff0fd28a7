extension CognitoError.Code {
  /// Whether it isn't known what became of the call: it may have been carried out, or not, or still be under way.
  ///
  /// Such a step of a sign-in was neither taken nor refused, and its session may be used up: ``SignIn`` must be started
  /// again. After ``unreachable`` nothing was sent: the same step can be answered again. Every other code is the service's
  /// own refusal, or ours before anything was sent.
  public var leavesOutcomeOpen: Bool {
    switch self {
    case .network, .timeout, .cancelled, .malformedResponse, .responseTooLarge: true
    case .internalError, .internalServer, .serviceUnavailable: true
    default: false
    }
  }
}
