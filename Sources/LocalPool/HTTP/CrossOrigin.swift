/// Scripts of other origins may call what is for programs: operations, key sets, discovery, tokens (the Fetch standard's CORS
/// protocol). Never the pages: they act on a cookie.
enum CrossOrigin {
  private static let allowedHeaders =
    "Authorization,Cache-Control,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Amz-Target,X-Amz-User-Agent,"
    + "X-Amz-Content-Sha256,Amz-Sdk-Invocation-Id,Amz-Sdk-Request"
  private static let exposedHeaders = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date,WWW-Authenticate"

  /// Whether a path is for programs.
  static func isOpen(_ path: String) -> Bool {
    ["", "/", "/oauth2/token", "/oauth2/userinfo", "/oauth2/revoke"].contains(path.lowercased())
      || path.contains("/.well-known/")
  }

  /// The answer to a browser that asks first (OPTIONS).
  static let preflight = PoolResponse(
    status: 200,
    headers: [
      (name: "Access-Control-Allow-Origin", value: "*"),
      (name: "Access-Control-Allow-Methods", value: "GET, POST, OPTIONS"),
      (name: "Access-Control-Allow-Headers", value: allowedHeaders),
      (name: "Access-Control-Max-Age", value: "172800"),
    ])

  /// The same answer, readable for scripts of any origin. No credentials: a cookie never counts at these paths.
  static func opened(_ response: PoolResponse) -> PoolResponse {
    var response = response
    response.headers.append((name: "Access-Control-Allow-Origin", value: "*"))
    response.headers.append((name: "Access-Control-Expose-Headers", value: exposedHeaders))
    return response
  }
}
