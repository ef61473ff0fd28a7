import Logging
import LoginProtocol
import NIOCore

/// Serves one connection: a conversation, or requests one after another.
package struct ConnectionService: Sendable {
  package let context: LoginContext
  package let requests: Requests
  package let limits: ConnectionLimits

  package init(context: LoginContext, requests: Requests, limits: ConnectionLimits) {
    self.context = context
    self.requests = requests
    self.limits = limits
  }

  /// Returns when the connection is closed. Nothing that the client does makes it throw.
  func serve(
    _ connection: NIOAsyncChannel<LoginMessage, LoginMessage>, at place: Admission.Place, of admission: Admission
  ) async {
    let (peer, channel) = (place.peer, connection.channel)
    let watchdog = Watchdog(channel, limits.total)
    defer { watchdog.cancel() }
    do {
      try await connection.executeThenClose { inbound, _ in
        let dialogue = Dialogue(channel, inbound: inbound, limits: limits)
        do {
          guard let first = try await dialogue.receive(within: limits.greeting) else { return }
          if case .begin(let begin) = first {
            let origin = Origin(begin, from: peer)
            let purpose = begin.operation.asksSomebody ? Admission.Purpose.person(origin) : .hook(origin)
            if admission.settle(place, purpose) {
              try await converse(begin, dialogue, peer)
            } else {
              context.refusals.note("too many conversations", by: "\(origin)")
              try await dialogue.send(.result(Outcome(.unavailable, for: begin)))
            }
          } else if case .loginTest(let name, let service) = first {
            try await rehearse(name, service, dialogue, place, admission)
          } else if admission.settle(place, .request) {
            try await answerRequests(first, dialogue, peer)
          }
        } catch let ended as ConversationEnded {
          note(ended, peer)
        }
      }
    } catch {
      context.logger.debug("a connection ended", metadata: ["peer-uid": "\(peer.uid)", "reason": "\(error)"])
    }
  }

  private func converse(_ begin: Begin, _ dialogue: Dialogue, _ peer: Peer) async throws {
    let ending = try await Conversation(begin, peer: peer, context: context, terminal: dialogue).run()
    do {
      try await dialogue.send(.result(ending.outcome))
    } catch {
      // The login never heard that it succeeded: there is nobody to collect its tokens.
      if let lease = ending.lease, let uid = ending.uid,
        let dropped = await context.leases.drop(lease.id, uid: uid)
      {
        context.discard(dropped.tokens)
      }
      throw error
    }
  }

  private func rehearse(
    _ name: LoginName, _ service: String, _ dialogue: Dialogue, _ place: Admission.Place, _ admission: Admission
  ) async throws {
    let peer = place.peer
    let refused = Outcome(operation: .authenticate, user: name, code: .notPermitted)
    guard peer.isRoot else {
      context.refusals.note("administration by another than root", by: "uid \(peer.uid)")
      return try await dialogue.send(.result(refused))
    }
    guard admission.settle(place, .person(.local(0))) else { return try await dialogue.send(.result(refused)) }
    let outcome = try await Conversation.rehearse(
      name, service: service, peer: peer, context: context, terminal: dialogue)
    try await dialogue.send(.result(outcome))
  }

  private func answerRequests(_ first: LoginMessage, _ dialogue: Dialogue, _ peer: Peer) async throws {
    var next: LoginMessage? = first
    while let request = next {
      guard let answer = await requests.answer(request, from: peer) else {
        try await dialogue.send(.refused(Refusal(.outOfTurn, "That message doesn't belong here.")))
        return
      }
      try await dialogue.send(answer)
      next = try await dialogue.receive(within: limits.request)
    }
  }

  private func note(_ ended: ConversationEnded, _ peer: Peer) {
    switch ended.reason {
    case .brokenFrame: context.refusals.note("frames that break the protocol", by: "uid \(peer.uid)")
    case .tooLong: context.refusals.note("too many frames in one connection", by: "uid \(peer.uid)")
    case .cancelled, .closed, .tooSlow:
      context.logger.debug(
        "a connection ended early",
        metadata: ["peer-uid": "\(peer.uid)", "peer-pid": "\(peer.pid)", "reason": "\(ended.reason.rawValue)"])
    }
  }
}
