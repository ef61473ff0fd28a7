import Cognito
import FoundationEssentials
import Logging

extension LocalUserPool {
  /// Where the pool listens and keeps its state. The default is a free port on loopback, and a directory that goes when the
  /// pool stops.
  public struct Configuration: Sendable {
    /// AWS credentials that calls of IAM operations must be signed with.
    public struct AdminCredentials: Sendable {
      public let accessKeyID: String
      public let secretAccessKey: Secret

      public init(accessKeyID: String, secretAccessKey: Secret) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
      }
    }

    public var host = "127.0.0.1"
    /// 0 for any free port.
    public var port = 0
    /// Made when it isn't there; nil for a temporary one.
    public var stateDirectory: String?
    /// What stands before `/{pool id}` in tokens' issuers; nil for the endpoint. For a pool behind a TLS proxy.
    public var issuerBase: String?
    /// Empty: IAM operations take any signature, or none.
    public var adminCredentials: [AdminCredentials] = []
    /// A moment at which the pool's clock stands still until it is moved; nil for the system's time.
    public var frozenAt: Date?
    /// Whether tests may let things go wrong and set the clock, through `inject` and over HTTP under `/_control/`.
    public var allowsControl = false
    /// Whether `/_pool/` shows users, groups, the outbox and the last requests, with forms to change users and groups.
    public var showsAdminPages = false
    /// A maildir that gets every message, besides the outbox.
    public var maildir: String?
    /// A mail server that gets every message after it is in the outbox. What it doesn't take is tried again for a day and a half, also after a restart.
    public var mailRelay: MailRelay?
    /// What a new state begins with, in place of one empty pool.
    package var seed: SeedFile?
    /// Programs and addresses that stand in for Lambda functions.
    package var triggers = TriggerMap()
    public var logger = Logger(label: "cognito-pool") { _ in SwiftLogNoOpLogHandler() }
    package var limits = HTTPLimits()

    public init() {}
  }
}
