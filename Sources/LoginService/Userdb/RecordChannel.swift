import LoginRecords
import NIOPosix

/// The way to the program of root's that writes records.
package protocol RecordChannel: Sendable {
  /// As many answers as requests, in their order. Throws when the writer can't be reached: then nothing may have happened.
  func exchange(_ requests: [RecordRequest]) async throws(RecordRefusal) -> [RecordAnswer]
}

/// Over its socket. The wait is on a thread of NIO's pool for such.
package struct SocketRecordChannel: RecordChannel {
  private let client: RecordClient

  package init(_ client: RecordClient) { self.client = client }

  package func exchange(_ requests: [RecordRequest]) async throws(RecordRefusal) -> [RecordAnswer] {
    do {
      return try await NIOThreadPool.singleton.runIfActive { [client] in try client.exchange(requests) }
    } catch let refusal as RecordRefusal {
      throw refusal
    } catch {
      throw RecordRefusal(.broken, "\(error)")
    }
  }
}
