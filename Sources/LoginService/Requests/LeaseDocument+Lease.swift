import LoginProtocol

extension LeaseDocument {
  init(_ lease: Leases.Lease, of pool: LoginConfiguration.Pool) {
    let tokens = lease.tokens
    self.init(
      userPoolID: pool.userPoolID, clientID: pool.clientID, username: tokens.username, accessToken: tokens.accessToken,
      idToken: tokens.idToken, refreshToken: tokens.refreshToken, accessExpiresAt: tokens.accessExpiresAt,
      idExpiresAt: tokens.idExpiresAt)
    region = pool.region
    endpoint = pool.endpoint
    issuer = pool.issuer
    subject = tokens.subject
    loginName = lease.owner.text
    deviceKey = tokens.deviceKey
    ownsDevice = tokens.newDevice != nil
  }
}
