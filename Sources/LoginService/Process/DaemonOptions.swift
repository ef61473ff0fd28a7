/// Where the daemon finds and puts things.
package struct DaemonOptions: Sendable {
  package let configuration: String
  package let state: String
  package let socket: String
  /// The socket of cognito-userdb.
  package let writer: String

  package init(configuration: String, state: String, socket: String, writer: String) {
    self.configuration = configuration
    self.state = state
    self.socket = socket
    self.writer = writer
  }
}
