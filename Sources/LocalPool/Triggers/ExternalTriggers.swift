import Cognito
import Dispatch

/// Runs triggers as programs or HTTP calls, within the five seconds that Cognito gives a Lambda function.
package struct ExternalTriggers: TriggerRunner {
  private let map: TriggerMap
  private let transport: any HTTPTransport
  private let seconds: Double

  package init(_ map: TriggerMap, transport: any HTTPTransport = CurlTransport(), seconds: Double = 5) {
    self.map = map
    self.transport = transport
    self.seconds = seconds
  }

  package func has(_ trigger: Trigger, _ pool: PoolRecord) -> Bool { map.has(trigger, pool) }

  package func run(_ event: TriggerEvent) throws -> [String: JSONValue]? {
    guard let target = try map.target(event.trigger, event.pool) else { return nil }
    let output: [UInt8]
    switch target {
    case .command(let words): output = try run(words, event)
    case .url(let url, let headers): output = try call(url, headers, event)
    }
    guard let answer = try? JSONValue.parse(output, maximumDepth: 32, maximumBytes: TriggerProgram.mostOutput),
      let response = answer["response"]?.object
    else { throw PoolException("InvalidLambdaResponseException", "Unrecognizable lambda output") }
    return response
  }

  private func run(_ words: [String], _ event: TriggerEvent) throws -> [UInt8] {
    let name = event.trigger.rawValue
    switch TriggerProgram.run(words, input: event.json.serialized(), seconds: seconds) {
    case .success(let output): return output
    case .failure(.refused(let reason)):
      throw PoolException("UserLambdaValidationException", "\(name) failed with error \(reason).")
    case .failure(.timedOut):
      throw PoolException("UnexpectedLambdaException", "\(name) invocation failed due to error Task timed out.")
    case .failure(.broken(let reason)):
      throw PoolException("UnexpectedLambdaException", "\(name) invocation failed due to error \(reason).")
    }
  }

  private func call(_ url: String, _ headers: [String: String], _ event: TriggerEvent) throws -> [UInt8] {
    let name = event.trigger.rawValue
    let request = HTTPRequest(
      method: "POST", url: url,
      headers: [.init("Content-Type", "application/json")] + headers.map { .init($0.key, $0.value) },
      body: event.json.serialized())
    let response: HTTPResponse
    do {
      response = try Waiting.value { [transport, seconds] in
        try await transport.send(request, deadline: .now + .seconds(seconds))
      }
    } catch {
      throw PoolException("UnexpectedLambdaException", "\(name) invocation failed due to error \(error).")
    }
    switch response.status {
    case 200: return response.body
    case 400..<500:
      let reason = String(decoding: response.body.prefix(256), as: UTF8.self)
      throw PoolException("UserLambdaValidationException", "\(name) failed with error \(reason).")
    default:
      throw PoolException(
        "UnexpectedLambdaException", "\(name) invocation failed due to error HTTP \(response.status).")
    }
  }
}

extension TriggerEvent {
  /// The event as a Lambda function gets it.
  var json: JSONValue {
    [
      "version": .string(version), "region": .string(pool.region), "userPoolId": .string(pool.id),
      "userName": .string(username),
      "callerContext": ["awsSdkVersion": "cognito-pool", "clientId": .string(clientID)],
      "triggerSource": .string(source), "request": .object(request), "response": .object(response),
    ]
  }
}

/// Waits on a worker thread for something asynchronous.
enum Waiting {
  /// Holds the outcome on its way between the two threads; the semaphore orders write before read.
  private final class Box<Value: Sendable>: @unchecked Sendable {
    var outcome: Result<Value, any Error>?
  }

  static func value<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
    let box = Box<Value>()
    let done = DispatchSemaphore(value: 0)
    Task {
      do { box.outcome = .success(try await work()) } catch { box.outcome = .failure(error) }
      done.signal()
    }
    done.wait()
    guard let outcome = box.outcome else { throw PoolException.internalError }
    return try outcome.get()
  }
}
