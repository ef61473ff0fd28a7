import CCurl

/// libcurl's error codes in our words.
enum CurlFailure {
  static func error(_ code: CURLcode, host: String) -> CognitoError {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: CognitoError(.unreachable, "The name \(host) is unknown.")
    case CURLE_COULDNT_RESOLVE_PROXY: CognitoError(.unreachable, "The name of the proxy is unknown.")
    case CURLE_COULDNT_CONNECT: CognitoError(.unreachable, "No connection to \(host).")
    case CURLE_OPERATION_TIMEDOUT: CognitoError(.timeout, "No answer from \(host) in time.")
    case CURLE_ABORTED_BY_CALLBACK: CognitoError(.cancelled, "The request was cancelled.")
    case CURLE_PEER_FAILED_VERIFICATION:
      CognitoError(.tls, "The certificate of \(host) is not trusted, or is for another name.")
    case CURLE_SSL_CONNECT_ERROR: CognitoError(.tls, "TLS with \(host) failed.")
    case CURLE_SSL_CACERT_BADFILE: CognitoError(.tls, "The file of CA certificates can't be read.")
    case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_USE_SSL_FAILED:
      CognitoError(.tls, "TLS with \(host) failed.")
    case CURLE_PARTIAL_FILE, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
      CognitoError(.malformedResponse, "The answer of \(host) is cut or is not HTTP.")
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_SEND_FAIL_REWIND:
      CognitoError(.network, "The connection to \(host) broke.")
    default: CognitoError(.network, "\(host): \(String(cString: curl_easy_strerror(code))).")
    }
  }
}
