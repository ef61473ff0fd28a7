import FoundationEssentials

extension AWSCredentials {
  /// Reads the document that container metadata, instance metadata and `credential_process` give in nearly the same
  /// form.
  ///
  /// - Parameters:
  ///   - tokenName: what the session token is called there.
  ///   - source: who gave it, for error texts.
  package init(document: JSONValue, tokenName: String, source: String) throws(CognitoError) {
    guard let id = document["AccessKeyId"]?.string, !id.isEmpty, let secret = document["SecretAccessKey"]?.string,
      !secret.isEmpty
    else {
      throw CognitoError(.malformedResponse, "The answer of \(source) holds no AWS access key.")
    }
    var expiration: Date?
    if let text = document["Expiration"]?.string {
      guard let date = AWSTimestamp.parse(text) else {
        throw CognitoError(.malformedResponse, "The answer of \(source) has an Expiration that is no ISO 8601 time.")
      }
      expiration = date
    }
    self.init(
      accessKeyID: id, secretAccessKey: Secret(utf8: secret),
      sessionToken: document[tokenName]?.string, expiration: expiration)
  }
}
