// A double: answers one after the other, and remembers what it was asked.

import Synchronization

final class ScriptedClient: OtherClient {
  struct Call {
    let url: String
    let fields: [String: String]
    let body: [UInt8]
  }

  private let script: Mutex<[Result<OtherAnswer, OtherFailure>]>
  private let log = Mutex<[Call]>([])

  /// - Parameter script: what comes of each call; the last one is repeated.
  init(_ script: Result<OtherAnswer, OtherFailure>...) { self.script = Mutex(script) }

  func fetch(_ method: String, _ url: String, _ fields: [String: String], _ body: [UInt8]) throws -> OtherAnswer {
    log.withLock { $0.append(Call(url: url, fields: fields, body: body)) }
    return try script.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }.get()
  }

  var calls: [Call] { log.withLock { $0 } }
}
