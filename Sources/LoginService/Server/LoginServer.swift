import Glibc
import Logging
import LoginProtocol
import NIOCore
import NIOPosix

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
    let acceptor = try Acceptor(socket.take(), admission: admission, refusals: service.context.refusals)
    acceptor.start()
    ready()
    await withDiscardingTaskGroup { tasks in
      // Ends when this task is cancelled.
      for await arrival in acceptor.arrivals {
        tasks.addTask { await serve(arrival.descriptor, arrival.place) }
      }
      await acceptor.stop()
      tasks.cancelAll()
    }
  }

  /// Serves one end of a connected socket, with the other end's identity already known.
  package func serve(connected descriptor: Int32, as peer: Peer) async {
    guard let place = admission.enter(peer) else {
      close(descriptor)
      return
    }
    await serve(descriptor, place)
  }

  private func serve(_ descriptor: Int32, _ place: Admission.Place) async {
    defer { admission.leave(place) }
    do {
      // Wrapped only when it is about to be served, and read only from then on: a wrapped channel that nobody serves would
      // bring the process down (NIOAsyncChannel's rule).
      let channel = try await ClientBootstrap(group: group)
        .channelOption(.autoRead, value: false)
        .withConnectedSocket(descriptor) { channel in channel.eventLoop.makeSucceededFuture(channel) }
      place.whenTaken { channel.close(promise: nil) }
      let connection = try await channel.eventLoop.submit {
        guard channel.isActive else { throw ChannelError.ioOnClosedChannel }
        return try Self.prepare(channel)
      }.get()
      channel.setOption(.autoRead, value: true).whenFailure { _ in channel.close(promise: nil) }
      await service.serve(connection, at: place, of: admission)
    } catch {
      // Gone before it said a word. NIO has closed the descriptor.
      service.context.logger.debug(
        "a connection ended before it was served", metadata: ["peer-uid": "\(place.peer.uid)", "reason": "\(error)"])
    }
  }

  private static func prepare(_ channel: any Channel) throws -> NIOAsyncChannel<LoginMessage, LoginMessage> {
    try channel.pipeline.syncOperations.addHandler(FrameHandler())
    return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
  }
}
