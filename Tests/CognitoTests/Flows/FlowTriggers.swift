import Cognito
import LocalPool
import TestSupport

/// Triggers as Swift functions, which the pool calls over HTTP.
final class FlowTriggers: Sendable {
  /// From the event that a Lambda function would get to its `response`.
  typealias Answers = [Trigger: @Sendable (JSONValue) -> JSONValue]

  private let server: LoopbackServer
  let map: TriggerMap

  init(_ answers: Answers) {
    let server = LoopbackServer { connection in
      while let (head, body) = connection.readRequest() {
        let name = head.split(separator: " ").dropFirst().first?.dropFirst() ?? ""
        guard let answer = Trigger(rawValue: String(name)).flatMap({ answers[$0] }),
          let event = try? JSONValue.parse(body)
        else { return connection.answer("", status: "404 Not Found") }
        let response: JSONValue = ["response": answer(event)]
        connection.answer(String(decoding: response.serialized(), as: UTF8.self))
      }
    }
    self.server = server
    map = TriggerMap(
      Dictionary(
        uniqueKeysWithValues: answers.keys.map { trigger in
          (trigger.rawValue, .url("\(server.url)/\(trigger.rawValue)", headers: [:]))
        }))
  }
}
