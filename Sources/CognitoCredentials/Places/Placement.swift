/// Where a new sign-in's session was put, to be told in one line.
package struct Placement: Sendable, Equatable {
  package var place: RestingPlace
  /// Why it is not in the desktop's keyring; nil where it is, and where the profile names the place.
  package var insteadOfKeyring: SessionStoreError?

  package init(_ place: RestingPlace, insteadOfKeyring: SessionStoreError? = nil) {
    self.place = place
    self.insteadOfKeyring = insteadOfKeyring
  }

  package var sentence: String {
    let why = insteadOfKeyring.map { " (\($0.code.reason))" } ?? ""
    return "The session is kept in \(place.name)\(why): \(place.lifetime)."
  }
}

extension SessionStoreError.Code {
  /// Why a session is not in the desktop's keyring, within a sentence.
  var reason: String {
    switch self {
    case .noBus, .noService: "there is no desktop's keyring here"
    case .locked, .dismissed: "the desktop's keyring is locked"
    case .noCollection: "the desktop's keyring isn't set up yet"
    case .timedOut: "the desktop's keyring doesn't answer"
    case .quota, .unsupported, .corrupt, .unsafeFile, .failed: "the desktop's keyring failed"
    }
  }
}
