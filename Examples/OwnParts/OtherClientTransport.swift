// A transport over an HTTP client of the program's own.

import Cognito

/// Stands for any HTTP client: types and errors of its own.
protocol OtherClient: Sendable {
  func fetch(_ method: String, _ url: String, _ fields: [String: String], _ body: [UInt8]) async throws -> OtherAnswer
}

struct OtherAnswer {
  var status = 200
  var fields: [String: String] = [:]
  var body: [UInt8] = Array("{}".utf8)
}

enum OtherFailure: Error {
  /// Nobody listens there: nothing was sent.
  case refused
  /// The connection broke; nobody knows what became of the request.
  case broken
}

/// Says the client's failures in words that the library acts on: it repeats what may be repeated.
struct OtherClientTransport: HTTPTransport {
  let client: any OtherClient

  func send(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async throws(CognitoError) -> HTTPResponse {
    let fields = Dictionary(request.headers.map { ($0.name, $0.value) }) { "\($0), \($1)" }
    do {
      let answer = try await client.fetch(request.method, request.url, fields, request.body)
      return HTTPResponse(status: answer.status, headers: answer.fields, body: answer.body)
    } catch OtherFailure.refused {
      throw CognitoError(.unreachable, "Nobody listens at the endpoint.")
    } catch is CancellationError {
      throw CognitoError(.cancelled, "The request was cancelled.")
    } catch {
      throw CognitoError(.network, "The connection broke.")
    }
  }
}
