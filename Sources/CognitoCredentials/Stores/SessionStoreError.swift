/// Why a session can't be read or kept. Equal when the codes are.
package struct SessionStoreError: Error, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// There is no session bus to find a keyring on.
    case noBus
    /// The bus has no Secret Service.
    case noService
    case locked
    /// The Secret Service has no default collection yet.
    case noCollection
    case timedOut
    /// The user closed the unlock prompt.
    case dismissed
    /// The kernel's quota for this uid is full.
    case quota
    /// The kernel or a container forbids keyrings.
    case unsupported
    case corrupt
    /// A file's owner or permissions are not safe.
    case unsafeFile
    case failed
  }

  package let code: Code
  /// What happened, without what to do about it.
  package let sentence: String
  private let nextStep: String

  /// - Parameter nextStep: what to do about it, where that isn't the same for each error of this code
  package init(_ code: Code, _ sentence: String, nextStep: String? = nil) {
    self.code = code
    self.sentence = sentence
    self.nextStep = nextStep ?? code.nextStep
  }

  package var description: String { "\(sentence) \(nextStep)" }

  /// The same in a profile that chooses its place: there a new sign-in always helps.
  func inAutomaticProfile() -> SessionStoreError {
    let elsewhere = "sign in here as well with `cognito login`: that session is kept in this machine's memory."
    let step: String? =
      switch code {
      case .noBus, .noService:
        "The session rests in the desktop's keyring: use it in the desktop session, or \(elsewhere)"
      case .locked, .dismissed: "\(code.nextStep) Or \(elsewhere)"
      case .noCollection, .timedOut: "\(code.nextStep) Or \(elsewhere)"
      default: nil
      }
    return step.map { SessionStoreError(code, sentence, nextStep: $0) } ?? self
  }

  package static func == (left: Self, right: Self) -> Bool { left.code == right.code }
}

extension SessionStoreError.Code {
  var nextStep: String {
    switch self {
    case .noBus: "Use it in the desktop session. For a machine with no desktop: \(Self.automatic)"
    case .noService: "Start one (gnome-keyring, KeePassXC or KWallet). For a machine with no desktop: \(Self.automatic)"
    case .locked:
      "Unlock it in the desktop session (Passwords and Keys, `seahorse`). If each login leaves it locked, its password is "
        + "an older one of yours: change it there."
    case .noCollection:
      "Log in to the desktop once more, which makes it, or make one in Passwords and Keys (`seahorse`)."
    case .timedOut: "Look for an open password prompt, or restart the keyring service."
    case .dismissed: "Try again, and answer the prompt."
    case .quota: "Free some with `keyctl`, or choose the desktop's keyring: `cognito configure --store secret-service`."
    case .unsupported: "Choose another place: `cognito configure --store secret-service`, or `--store file`."
    case .corrupt: "Sign in again with `cognito login`."
    case .unsafeFile: "Put its owner and permissions right."
    case .failed: "Try again."
    }
  }

  private static let automatic = "`cognito configure --store auto`, then `cognito login`."
}
