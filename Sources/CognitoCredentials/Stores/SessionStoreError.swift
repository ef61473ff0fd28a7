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
  private let sentence: String

  package init(_ code: Code, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }

  package var description: String { "\(sentence) \(code.nextStep)" }

  package static func == (left: Self, right: Self) -> Bool { left.code == right.code }
}

extension SessionStoreError.Code {
  var nextStep: String {
    switch self {
    case .noBus:
      "Run this in a desktop session or under `dbus-run-session`, or set `store = kernel` in the profile."
    case .noService:
      "Start one (gnome-keyring, KeePassXC or KWallet), or set `store = kernel` in the profile."
    case .locked: "Unlock it, for instance with `cognito status`, and try again."
    case .noCollection: "Make one (in Seahorse: a password keyring, set as default), and try again."
    case .timedOut: "Look for an open password prompt, or restart the keyring service."
    case .dismissed: "Try again, and answer the prompt."
    case .quota: "Free some with `keyctl`, or set `store = secret-service` in the profile."
    case .unsupported: "Set `store = secret-service` or `store = file` in the profile."
    case .corrupt: "Sign in again with `cognito login`."
    case .unsafeFile: "Put its owner and permissions right."
    case .failed: "Try again."
    }
  }
}
