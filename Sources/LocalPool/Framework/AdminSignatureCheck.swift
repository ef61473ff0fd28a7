import Cognito

/// AWS credentials that may call the pool's IAM operations.
package struct AdminCredential: Sendable {
  package let accessKeyID: String
  package let secretAccessKey: Secret

  package init(accessKeyID: String, secretAccessKey: Secret) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
  }
}

/// Checks the SigV4 signature of IAM operations, when the pool was given credentials.
enum AdminSignatureCheck {
  /// Whether there is a signature at all, right or wrong.
  static func isSigned(_ request: PoolRequest) -> Bool {
    request.header("authorization")?.hasPrefix("AWS4-HMAC-SHA256 ") ?? false
  }

  static func check(_ request: PoolRequest, _ context: PoolContext) throws(PoolException) {
    guard !context.credentials.isEmpty else { return }
    let target = request.query.map { request.path + "?" + $0 } ?? request.path
    let signed = HTTPRequest(
      method: request.method, url: target, headers: request.headers.map { .init($0.name, $0.value) }, body: request.body
    )
    let scope = Scope(request.header("authorization") ?? "")
    let signer = SigV4(region: scope.region, service: scope.service)
    var refusal: CognitoError?
    // A client's clock doesn't move with the pool's.
    for now in context.clock.clientTimes {
      do {
        _ = try signer.verify(signed, now: now) { id in
          context.credentials.first { $0.accessKeyID == id }?.secretAccessKey
        }
        return
      } catch {
        refusal = refusal ?? error
      }
    }
    throw exception(refusal)
  }

  private static func exception(_ error: CognitoError?) -> PoolException {
    guard let error else { return .internalError }
    return switch error.code {
    case .missingAuthenticationToken: PoolException("MissingAuthenticationTokenException", error.message)
    case .unrecognizedClient: PoolException("UnrecognizedClientException", error.message)
    default: PoolException("InvalidSignatureException", error.message)
    }
  }

  /// Region and service of `Credential=ID/day/region/service/aws4_request`. Any region will do: a local pool has none of its own.
  private struct Scope {
    var region = ""
    var service = "cognito-idp"

    init(_ authorization: String) {
      guard let start = authorization.firstRange(of: "Credential=")?.upperBound else { return }
      let parts = authorization[start...].prefix { $0 != "," }.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 5 else { return }
      region = String(parts[2])
      // The identity pools' service signs with a name of its own; any other is refused for its scope.
      if parts[3] == "cognito-identity" { service = "cognito-identity" }
    }
  }
}
