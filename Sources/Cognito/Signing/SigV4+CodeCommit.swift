import FoundationEssentials

extension SigV4 {
  /// The password for git over HTTPS to AWS CodeCommit: a signature over the repository's address, with a method, a
  /// date and a canonical form of its own.
  ///
  /// - Parameters:
  ///   - host: with no port, which is not signed.
  ///   - path: of the repository, such as "/v1/repos/name".
  package static func codeCommitPassword(
    host: String, path: String, region: String, credentials: AWSCredentials, at date: Date
  ) -> String {
    // CodeCommit wants the date without its "Z" in what is signed, and with it in the password.
    let timestamp = String(timestamp(date).dropLast())
    let canonical = "GIT\n\(path)\n\nhost:\(host)\n\nhost\n"
    let signature = SigV4(region: region, service: "codecommit").signature(
      of: Array(canonical.utf8), timestamp: timestamp, day: String(timestamp.prefix(8)),
      secret: credentials.secretAccessKey)
    return "\(timestamp)Z\(signature)"
  }
}
