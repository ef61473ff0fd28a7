import Cognito

extension LocalUserPool {
  /// A message that AWS would have sent by e-mail or SMS.
  public struct Message: Sendable, Equatable {
    /// The user to whom it went.
    public let username: String
    /// An e-mail address or a phone number, in full.
    public let destination: String
    public let subject: String
    public let body: String
    /// The code, or the temporary password, that the body holds.
    public let code: String?
  }

  /// Makes a confirmed user of the first pool, who can sign in with this password at once.
  ///
  /// - Parameters:
  ///   - attributes: e.g. `["email": "ada@example.com", "email_verified": "true"]`.
  ///   - groups: made when they aren't there.
  /// - Throws: ``PoolFailure``, e.g. `InvalidPasswordException` for a password that the pool's policy doesn't allow.
  public func addUser(
    _ username: String, password: String, attributes: [String: String] = [:], groups: [String] = []
  ) throws {
    let named: [String: JSONValue] = ["UserPoolId": .string(userPoolID), "Username": .string(username)]
    let given = attributes.sorted { $0.key < $1.key }
      .map { JSONValue.object(["Name": .string($0.key), "Value": .string($0.value)]) }
    try perform(
      "AdminCreateUser", named.merging(["UserAttributes": .array(given), "MessageAction": "SUPPRESS"]) { $1 })
    try perform("AdminSetUserPassword", named.merging(["Password": .string(password), "Permanent": true]) { $1 })
    for group in groups {
      let name: [String: JSONValue] = ["UserPoolId": .string(userPoolID), "GroupName": .string(group)]
      do {
        try perform("CreateGroup", name)
      } catch let failure as PoolFailure where failure.exception == "GroupExistsException" {
        // It is there, as it should be.
      }
      try perform("AdminAddUserToGroup", named.merging(name) { $1 })
    }
  }

  /// The messages of all pools, oldest first; the pool keeps the newest ten thousand.
  ///
  /// - Throws: when the state can't be read.
  public func messages() throws -> [Message] {
    try context.store.read { try $0.outbox.list(limit: 10_000) }.map {
      Message(
        username: $0.username, destination: $0.destination, subject: $0.subject, body: $0.body, code: $0.code)
    }
  }
}
