import Cognito
import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Listens, reads whole requests within their limits, and answers them from worker threads, so that the event loop never
/// waits for SQLite or a modular exponentiation.
package final class HTTPServer: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let workers: NIOThreadPool
  private let channel: any Channel
  /// The port that was bound, also when 0 was asked for.
  package let port: Int

  private init(group: MultiThreadedEventLoopGroup, workers: NIOThreadPool, channel: any Channel) {
    self.group = group
    self.workers = workers
    self.channel = channel
    port = channel.localAddress?.port ?? 0
  }

  /// Binds `host:port` (0 = any free port) and serves until ``stop()``.
  package static func start(
    host: String, port: Int, limits: HTTPLimits = HTTPLimits(), logger: Logger,
    respond: @escaping @Sendable (PoolRequest) -> PoolResponse
  ) async throws -> HTTPServer {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    // Two more threads than cores: a trigger that waits must not hold up a sign-in that computes.
    let workers = NIOThreadPool(numberOfThreads: System.coreCount + 2)
    workers.start()
    let connections = ConnectionCount(limit: affordable(limits.connections))
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        guard connections.enter() else { return channel.close() }
        channel.closeFuture.whenComplete { _ in connections.leave() }
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          var decoding = NIOHTTPDecoderLimitConfiguration()
          decoding.maxHeaderFieldSize = limits.headerFieldBytes
          decoding.maxHeaderListSize = limits.headerBytes
          decoding.maxHeaderFieldCount = limits.headerFields
          try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: false, withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: decoding)
          try pipeline.addHandler(
            HTTPConnectionHandler(limits: limits, workers: workers, logger: logger, respond: respond))
        }
      }
    do {
      let channel = try await bootstrap.bind(host: host, port: port).get()
      return HTTPServer(group: group, workers: workers, channel: channel)
    } catch {
      try? await workers.shutdownGracefully()
      try? await group.shutdownGracefully()
      throw error
    }
  }

  /// No more connections than the process has descriptors for: the store, triggers and mail need some, too, and a connection
  /// that can't be accepted waits where one over the limit is closed.
  private static func affordable(_ wanted: Int) -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return wanted }
    return max(1, min(wanted, Int(clamping: limit.rlim_cur) - reservedDescriptors))
  }

  private static let reservedDescriptors = 96

  /// Accepts no more, lets the requests in hand finish, and ends the threads.
  package func stop() async {
    try? await channel.close()
    try? await workers.shutdownGracefully()
    try? await group.shutdownGracefully()
  }
}

/// How many connections are open.
private final class ConnectionCount: Sendable {
  private let limit: Int
  private let open = Atomic<Int>(0)

  init(limit: Int) {
    self.limit = limit
  }

  func enter() -> Bool {
    if open.wrappingAdd(1, ordering: .relaxed).newValue <= limit { return true }
    open.wrappingSubtract(1, ordering: .relaxed)
    return false
  }

  func leave() {
    open.wrappingSubtract(1, ordering: .relaxed)
  }
}
