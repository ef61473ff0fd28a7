/// Who makes a request, as far as a session shows it.
package struct Visitor: Sendable {
  package let address: String
  /// Program and system, from the user agent.
  package let device: String

  package init(address: String, userAgent: String?) {
    self.address = String(address.prefix(128))
    device = DeviceDescription.of(userAgent ?? "")
  }

  init(_ request: PoolRequest) {
    self.init(address: request.remoteAddress, userAgent: request.header("user-agent"))
  }

  init(_ request: OperationRequest) {
    self.init(address: request.sourceAddress, userAgent: request.userAgent)
  }
}
