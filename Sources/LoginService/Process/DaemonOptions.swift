/// Where the daemon finds and puts things.
package struct DaemonOptions: Sendable {
  package let configuration: String
  package let state: String
  package let socket: String
  package let userdb: String

  package init(configuration: String, state: String, socket: String, userdb: String) {
    self.configuration = configuration
    self.state = state
    self.socket = socket
    self.userdb = userdb
  }
}
