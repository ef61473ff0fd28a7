import ArgumentParser
import Cognito
import FoundationEssentials
import Glibc
import LocalPool
import Logging
import SystemSupport

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve user pools until SIGTERM or SIGINT.",
    discussion: """
      The first start makes one pool with one public app client. When the pool is ready, one line of JSON says where: \
      endpoint, issuer, user_pool_id, client_id.

      AWS credentials that calls of administrators must be signed with come from the environment, \
      COGNITO_POOL_ACCESS_KEY_ID and COGNITO_POOL_SECRET_ACCESS_KEY; without them any signature is accepted.
      """)

  @Option(help: ArgumentHelp("Address and port; port 0 takes any free one.", valueName: "host:port"))
  var listen = "127.0.0.1:9229"

  @Option(help: ArgumentHelp("Directory of the pool's state; made when it isn't there.", valueName: "directory"))
  var state: String

  @Option(
    help: ArgumentHelp(
      "What stands before the pool's id in the issuer of tokens, for a pool behind a proxy. Default: the endpoint.",
      valueName: "url"))
  var issuerBase: String?

  @Flag(help: "Let anybody who reaches the pool set its clock and let calls fail, under /_control/. For tests.")
  var control = false

  @Option(
    help: ArgumentHelp(
      "JSON file that says which programs or addresses stand in for Lambda functions.", valueName: "file"))
  var triggers: String?

  @Flag(
    help:
      "Serve pages to look at and change users and groups, with outbox and live requests, under /_pool/; behind the administrator's keys if there are any."
  )
  var adminPage = false

  @Option(
    help: ArgumentHelp(
      "Maildir that gets every message which AWS would have sent, besides the outbox.", valueName: "directory"))
  var maildir: String?

  @Option(
    help: ArgumentHelp(
      "Mail server that gets every message which AWS would have sent, besides the outbox: HOST:PORT in clear, for a relay of this machine or a catcher such as Mailpit; smtp://[USER@]HOST[:PORT] with STARTTLS; smtps:// with TLS from the start. The user's password is in COGNITO_POOL_SMTP_PASSWORD.",
      valueName: "host:port|url"))
  var smtp: String?

  @Option(
    help: ArgumentHelp("File with the password for --smtp, in place of the environment.", valueName: "file"))
  var smtpPasswordFile: String?

  @Option(
    help: ArgumentHelp("CA certificates (PEM) for --smtp, in place of the system's.", valueName: "file"))
  var smtpCaFile: String?

  @Option(
    help: ArgumentHelp(
      "JSON file with pools, clients, groups and users to make, unless they are there.", valueName: "file"))
  var seed: String?

  func run() async throws {
    var configuration = LocalUserPool.Configuration()
    (configuration.host, configuration.port) = try HostAndPort.parse(listen, option: "--listen")
    configuration.mailRelay = try smtp.map {
      try MailRelayOption.parse($0, passwordFile: smtpPasswordFile, caFile: smtpCaFile)
    }
    configuration.stateDirectory = state
    configuration.issuerBase = issuerBase
    configuration.allowsControl = control
    configuration.showsAdminPages = adminPage
    configuration.maildir = maildir
    configuration.seed = try seed.map { try SeedFile(json: InputFile.read($0)) }
    if let triggers { configuration.triggers = try TriggerMap(json: InputFile.read(triggers)) }
    configuration.logger = Logger(label: "cognito-pool") { StreamLogHandler.standardError(label: $0) }
    configuration.adminCredentials = try AdminEnvironment.credentials()
    if let relay = configuration.mailRelay, relay.isInClear {
      configuration.logger.warning("messages with their codes go to \(relay.host) in clear")
    }
    let end = SignalArrivals(of: SignalArrivals.ends)
    let pool: LocalUserPool
    do {
      pool = try await LocalUserPool.start(configuration)
    } catch {
      throw Failure("cannot serve on \(listen) with state in \(state): \(error)")
    }
    let ready: JSONValue = [
      "endpoint": .string(pool.endpoint), "issuer": .string(pool.issuer), "user_pool_id": .string(pool.userPoolID),
      "client_id": .string(pool.clientID),
    ]
    print(String(decoding: ready.serialized(), as: UTF8.self))
    // Whoever started us may read the line through a pipe, which isn't flushed at line ends.
    fflush(nil)
    ServiceManager().notify("READY=1\nSTATUS=Serving \(pool.endpoint)")
    let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
    end.each { _ in arrival.yield() }
    for await _ in arrivals { break }
    ServiceManager().notify("STOPPING=1")
    await pool.stop()
  }
}
