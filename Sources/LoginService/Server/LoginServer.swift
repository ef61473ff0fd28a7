import Logging
import LoginProtocol
import NIOCore
import NIOPosix
import SystemSupport

/// Accepts connections, learns who is there, and serves them, until its task is cancelled.
package struct LoginServer: Sendable {
  private let service: ConnectionService
  private let admission: Admission
  private let group: MultiThreadedEventLoopGroup

  package init(_ service: ConnectionService, group: MultiThreadedEventLoopGroup = .singleton) {
    self.service = service
    self.group = group
    admission = Admission(service.limits)
  }

  /// Connections at this moment.
  package var connectionCount: Int { admission.count }

  /// - Parameter socket: bound and listening; it is taken over.
  /// - Parameter ready: called when connections are accepted.
  package func run(on socket: ListeningSocket, ready: @Sendable () -> Void = {}) async throws {
    // A connection is wrapped only when it is about to be served, and read only from then on: a wrapped channel that
    // nobody serves, because the daemon is ending, would bring the process down (NIOAsyncChannel's rule).
    let server = try await ServerBootstrap(group: group)
      .childChannelOption(.autoRead, value: false)
      .bind(socket.take()) { channel in channel.eventLoop.makeSucceededFuture(channel) }
    ready()
    try await server.executeThenClose { connections in
      await withDiscardingTaskGroup { tasks in
        do {
          for try await connection in connections { tasks.addTask { await accept(connection) } }
        } catch {
          service.context.logger.error("no more connections are accepted", metadata: ["reason": "\(error)"])
        }
        tasks.cancelAll()
      }
    }
  }

  /// Serves one end of a connected socket, with the other end's identity already known.
  package func serve(connected descriptor: Int32, as peer: Peer) async throws {
    let connection = try await ClientBootstrap(group: group)
      .withConnectedSocket(descriptor) { channel in
        channel.eventLoop.makeCompletedFuture { try Self.prepare(channel) }
      }
    await admit(connection, peer)
  }

  private static func prepare(_ channel: any Channel) throws -> NIOAsyncChannel<LoginMessage, LoginMessage> {
    try channel.pipeline.syncOperations.addHandler(FrameHandler())
    return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
  }

  private func accept(_ channel: any Channel) async {
    do {
      let (peer, connection) = try await channel.eventLoop.submit {
        guard channel.isActive else { throw ChannelError.ioOnClosedChannel }
        let credentials = try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(
          of: NIOBSDSocket.Handle.self
        ) { PeerCredentials.of($0) }
        guard case .some(.some(let credentials)) = credentials else { throw ChannelError.operationUnsupported }
        return (Peer(credentials), try Self.prepare(channel))
      }.get()
      channel.setOption(.autoRead, value: true).whenFailure { _ in channel.close(promise: nil) }
      await admit(connection, peer)
    } catch {
      // Gone before it said a word; a peer that can't be told is never served.
      service.context.logger.debug("a connection ended before its peer was known", metadata: ["reason": "\(error)"])
      try? await channel.close()
    }
  }

  private func admit(_ connection: NIOAsyncChannel<LoginMessage, LoginMessage>, _ peer: Peer) async {
    guard admission.enter(peer) else {
      service.context.logger.warning("refused: too many connections", metadata: ["peer-uid": "\(peer.uid)"])
      try? await connection.executeThenClose { _, _ in }
      return
    }
    defer { admission.leave(peer) }
    await service.serve(connection, peer: peer)
  }
}
