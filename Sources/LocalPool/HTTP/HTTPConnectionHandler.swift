import Cognito
import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection: gathers a request, hands it to a worker, writes the answer, and gives up on a peer that is too slow or
/// sends too much.
///
/// `@unchecked Sendable`: only its channel's event loop ever touches its state; answers come back through that loop.
final class HTTPConnectionHandler: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private enum State {
    case waiting
    case reading(HTTPRequestHead, ByteBuffer)
    /// A body over the limit: its rest is thrown away, then it is refused.
    case discarding(HTTPRequestHead)
    case answering
    case closing
  }

  private let limits: HTTPLimits
  private let workers: NIOThreadPool
  private let logger: Logger
  private let respond: @Sendable (PoolRequest) -> PoolResponse
  private var state = State.waiting
  private var deadline: Scheduled<Void>?

  init(
    limits: HTTPLimits, workers: NIOThreadPool, logger: Logger,
    respond: @escaping @Sendable (PoolRequest) -> PoolResponse
  ) {
    self.limits = limits
    self.workers = workers
    self.logger = logger
    self.respond = respond
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { setDeadline(limits.requestTime, context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    setDeadline(limits.requestTime, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    state = .closing
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (.head(let head), .waiting):
      setDeadline(limits.requestTime, context)
      begin(head, context)
    case (.body(let chunk), .reading(let head, var body)):
      guard body.readableBytes + chunk.readableBytes <= limits.bodyBytes else {
        state = .discarding(head)
        return
      }
      // Release the state's reference first, so that appending doesn't copy the whole buffer.
      state = .waiting
      body.writeImmutableBuffer(chunk)
      state = .reading(head, body)
    case (.end, .reading(let head, let body)):
      deadline?.cancel()
      state = .answering
      answer(head, body, context)
    case (.end, .discarding(let head)):
      deadline?.cancel()
      write(
        CrossOrigin.opened(OperationEndpoint.refusal(.tooLarge, status: 413)), head, keepAlive: false, context)
    default:
      break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if case .waiting = state, error is HTTPParserError {
      state = .answering
      let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/")
      write(CrossOrigin.opened(OperationEndpoint.refusal(.serialization)), head, keepAlive: false, context)
    } else {
      context.close(promise: nil)
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    if head.headers["expect"].contains(where: { $0.lowercased() == "100-continue" }) {
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }
    if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > limits.bodyBytes {
      state = .discarding(head)
    } else {
      state = .reading(head, context.channel.allocator.buffer(capacity: 0))
    }
  }

  private func answer(_ head: HTTPRequestHead, _ body: ByteBuffer, _ context: ChannelHandlerContext) {
    let request = PoolRequest(
      method: head.method.rawValue, target: head.uri, headers: head.headers.map { (name: $0.name, value: $0.value) },
      body: Array(body.readableBytesView), remoteAddress: context.channel.remoteAddress?.ipAddress ?? "")
    let respond = self.respond
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    workers.runIfActive(eventLoop: context.eventLoop) { respond(request) }.whenComplete { result in
      switch result {
      case .success(let response): self.deliver(response, head, bound.value)
      case .failure: bound.value.close(promise: nil)
      }
    }
  }

  private func deliver(_ response: PoolResponse, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    switch response.delivery {
    case .normal:
      write(response, head, keepAlive: head.isKeepAlive, context)
    case .delayed(let seconds):
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      context.eventLoop.scheduleTask(in: .nanoseconds(Int64(max(0, min(seconds, 3600)) * 1e9))) {
        self.write(response, head, keepAlive: head.isKeepAlive, bound.value)
      }
    case .dropped:
      context.close(promise: nil)
    case .truncated(let bytes):
      write(response, head, keepAlive: false, bodyLimit: bytes, context)
    }
  }

  private func write(
    _ response: PoolResponse, _ head: HTTPRequestHead, keepAlive: Bool, bodyLimit: Int? = nil,
    _ context: ChannelHandlerContext
  ) {
    if case .closing = state { return }
    var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
    headers.add(name: "Content-Length", value: String(response.body.count))
    headers.add(name: "Date", value: HTTPDate.text(unixSeconds: Int64(time(nil))))
    if !keepAlive { headers.add(name: "Connection", value: "close") }
    let status = HTTPResponseStatus(statusCode: response.status)
    context.write(
      wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
    if head.method != .HEAD {
      let body = response.body.prefix(bodyLimit ?? response.body.count)
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
    }
    if bodyLimit != nil {
      state = .closing
      context.flush()
      context.close(promise: nil)
      return
    }
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    state = keepAlive ? .waiting : .closing
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      if !keepAlive { bound.value.close(promise: nil) }
    }
    // Also for the last answer: a peer that doesn't read it must not keep the connection.
    setDeadline(keepAlive ? limits.idleTime : limits.requestTime, context)
  }

  private func setDeadline(_ seconds: Double, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    deadline = context.eventLoop.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) {
      self.state = .closing
      bound.value.close(promise: nil)
    }
  }
}
