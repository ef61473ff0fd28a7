/// One credential helper protocol, as a pure function in two halves: bytes in → what is wanted, what was found → bytes
/// out. Between them the caller looks the token up, wherever that may be.
package protocol CredentialHelper: Sendable {
  /// Does the client send a request on standard input for this operation?
  static func readsInput(_ arguments: [String]) -> Bool
  /// Is the request whole already, before end of file?
  static func isComplete(_ input: [UInt8]) -> Bool
  /// Never fails: a request that is refused has `action` `.reply`.
  init(arguments: [String], input: [UInt8])
  var action: HelperAction { get }
  func reply(to outcome: HelperOutcome) -> HelperReply
}

/// What the caller has to do before there is an answer.
package enum HelperAction: Equatable, Sendable {
  /// Nothing: this is the answer.
  case reply(HelperReply)
  /// Find a token for this server.
  case get(CredentialTarget)
  /// Forget the short-lived token of this server: all of them, or only if it is the one that the client was refused
  /// with. The session behind it stays.
  case erase(CredentialTarget, onlyIf: String?)
  /// Name the servers that a token can be had for.
  case list
}

package enum HelperOutcome: Equatable, Sendable {
  case found(Credential)
  /// No profile is for this server: say nothing, another helper may know it.
  case notServed
  /// A profile is for this server, but there is no token.
  /// - Parameter reason: one sentence for the user, with a next step and no secret
  case unavailable(reason: String)
  case erased
  case listed([Listing])

  package struct Listing: Equatable, Sendable {
    package var host: String
    package var username: String
    package init(host: String, username: String) {
      self.host = host
      self.username = username
    }
  }
}

/// Everything a helper writes, complete before the first byte goes out.
package struct HelperReply: Equatable, Sendable {
  package var output: [UInt8]
  /// For the user, on standard error.
  package var message: String?
  package var exitCode: Int32

  package init(output: [UInt8] = [], message: String? = nil, exitCode: Int32 = 0) {
    self.output = output
    self.message = message
    self.exitCode = exitCode
  }

  package static let nothing = HelperReply()
}
