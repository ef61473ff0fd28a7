import Cognito
import FoundationEssentials
import Glibc
import LoginProtocol
import LoginService
import NIOCore
import NIOPosix
import Testing

/// A peer that speaks frames, or bytes that are none, over a connected socket.
final class FrameClient {
  private let channel: NIOAsyncChannel<LoginMessage, ByteBuffer>
  private var inbound: NIOAsyncChannelInboundStream<LoginMessage>.AsyncIterator

  fileprivate init(
    _ channel: NIOAsyncChannel<LoginMessage, ByteBuffer>, _ inbound: NIOAsyncChannelInboundStream<LoginMessage>
  ) {
    self.channel = channel
    self.inbound = inbound.makeAsyncIterator()
  }

  func send(_ message: LoginMessage) async throws { try await send(bytes: FrameEncoder.encode(message)) }

  func send(bytes: [UInt8]) async throws { try await channel.channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

  /// The next message; nil when the daemon closed, in whatever way.
  func receive() async throws -> LoginMessage? {
    do { return try await inbound.next() } catch is IOError { return nil }
  }

  /// Sends a request and returns its answer.
  func request(_ message: LoginMessage) async throws -> LoginMessage? {
    try await send(message)
    return try await receive()
  }

  /// Stops taking what the daemon sends.
  func stopReading() async throws { try await channel.channel.setOption(.autoRead, value: false).get() }

  func close() async throws { try await channel.channel.close() }
}

/// Serves a new connection whose other end is `uid`, and lends that end.
func connected<Result: Sendable>(
  to server: LoginServer, as uid: UInt32, receiver: Receiver = .client,
  _ body: (FrameClient) async throws -> Result
) async throws -> Result {
  var ends: [Int32] = [-1, -1]
  guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
    throw CocoaError(.fileReadUnknown)
  }
  let (ours, theirs) = (ends[0], ends[1])
  let serving = Task { await server.serve(connected: theirs, as: Peer(pid: 1, uid: uid, gid: uid)) }
  let client = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).withConnectedSocket(ours) {
    channel in
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(MessageReader(receiver))
      return try NIOAsyncChannel<LoginMessage, ByteBuffer>(wrappingChannelSynchronously: channel)
    }
  }
  let result = try await client.executeThenClose { inbound, _ in try await body(FrameClient(client, inbound)) }
  // The daemon's end must end by itself once ours is gone.
  await serving.value
  return result
}

private final class MessageReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = LoginMessage

  private var decoder: FrameDecoder

  init(_ receiver: Receiver) { decoder = FrameDecoder(for: receiver) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    decoder.append(unwrapInboundIn(data).readableBytesView)
    do {
      while let message = try decoder.next() { context.fireChannelRead(wrapInboundOut(message)) }
    } catch {
      context.fireErrorCaught(error)
    }
  }
}

extension World {
  func server(_ limits: ConnectionLimits = .patient) -> LoginServer {
    let requests = Requests(context: context) { ["logins": 1] }
    return LoginServer(ConnectionService(context: context, requests: requests, limits: limits))
  }

  /// A whole sign-in over frames.
  func signIn(_ server: LoginServer, _ name: String = "alice", password: String = "right") async throws -> Outcome? {
    try await connected(to: server, as: 0, receiver: .module) { module async throws in
      try await module.send(.begin(Begin(operation: .authenticate, user: try login(name), service: "sshd")))
      while let message = try await module.receive() {
        switch message {
        case .prompt: try await module.send(.answer(SecretBytes(utf8: password)))
        case .result(let outcome): return outcome
        default: break
        }
      }
      return nil
    }
  }
}

extension ConnectionLimits {
  /// For tests that aren't about deadlines: a busy machine may take its time.
  static var patient: ConnectionLimits {
    var limits = ConnectionLimits()
    limits.greeting = .seconds(300)
    limits.request = .seconds(300)
    limits.write = .seconds(300)
    return limits
  }
}
