import Cognito

/// The device group key: one per pool. How Cognito forms it isn't known; clients only hash it.
enum DeviceGroup {
  static func key(of pool: PoolRecord) -> String {
    "-" + Base64.encodeURL(Array(Digest.sha256(Array("device group of \(pool.id)".utf8)).prefix(6)))
  }
}
