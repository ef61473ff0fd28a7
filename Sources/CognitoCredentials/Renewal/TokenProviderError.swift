/// Why there is no token. Equal when the codes are.
package struct TokenProviderError: Error, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// Nobody has signed in for this profile.
    case notSignedIn
    /// It was kept where nothing stays for ever, and is gone.
    case sessionLost
    /// The pool has ended the session: signed out elsewhere, expired, or the account is disabled.
    case sessionEnded
    /// Another program holds the lock.
    case busy
    case lockFailed
    /// The renewed session could not be kept.
    case notSaved
  }

  package let code: Code
  private let sentence: String

  package init(_ code: Code, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }

  package var description: String {
    switch code {
    case .notSignedIn, .sessionLost, .sessionEnded: "\(sentence) Sign in with `cognito login`."
    case .busy: "\(sentence) Try again."
    case .lockFailed: "\(sentence) Check the permissions of the state directory."
    case .notSaved: sentence
    }
  }

  package static func == (left: Self, right: Self) -> Bool { left.code == right.code }
}
