import Cognito
import FoundationEssentials
import LoginProtocol
import TokenCache

extension Lease {
  /// The session and the tokens of a hand-over; nil for a login to another pool or client than the profile's.
  /// - Parameter now: unix time in seconds, for the time of the sign-in
  /// - Throws: ``CognitoError`` for a login that can't be renewed.
  package init?(
    _ document: LeaseDocument, id: LeaseID, for profile: Profile, now: Int64
  ) throws(CognitoError) {
    guard let refreshToken = document.refreshToken, let access = document.accessToken.revealed(),
      let idToken = document.idToken.revealed()
    else { throw CognitoError(.malformedResponse, "The login daemon's hand-over lacks a token.") }
    let session = StoredSession(
      username: document.username, typedName: document.loginName, subject: document.subject,
      userPoolID: document.userPoolID, clientID: document.clientID, refreshToken: refreshToken,
      deviceKey: document.deviceKey, ownsDevice: document.ownsDevice, signedInAt: now)
    guard session.belongs(to: profile) else { return nil }
    self.init(
      id: id, session: session,
      tokens: TokenSet(
        idToken: idToken, accessToken: access, refreshToken: refreshToken,
        accessExpiresAt: Date(timeIntervalSince1970: Double(document.accessExpiresAt)),
        idExpiresAt: Date(timeIntervalSince1970: Double(document.idExpiresAt)), subject: document.subject ?? "",
        username: document.username, deviceKey: document.deviceKey))
  }
}
