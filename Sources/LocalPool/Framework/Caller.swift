/// Who showed an access token, checked: signature, expiry, revocation, and a user who still exists and is enabled.
package struct Caller: Sendable {
  package let user: UserRecord
  package let pool: PoolRecord
  package let client: ClientRecord
  package let token: AccessTokenClaims
}
