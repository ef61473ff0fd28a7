import Cognito
import Glibc
import LocalPool

/// The credentials of administrators, from the environment: arguments can be read by everybody on the machine.
enum AdminEnvironment {
  static func credentials() throws -> [LocalUserPool.Configuration.AdminCredentials] {
    let names = ["COGNITO_POOL_ACCESS_KEY_ID", "COGNITO_POOL_SECRET_ACCESS_KEY"]
    let values = names.map { name in getenv(name).map { String(cString: $0) } }
    switch (values[0], values[1]) {
    case (nil, nil): return []
    case (let id?, let secret?) where !id.isEmpty && !secret.isEmpty:
      return [.init(accessKeyID: id, secretAccessKey: Secret(utf8: secret))]
    default: throw Failure("set both \(names[0]) and \(names[1]), or neither")
    }
  }
}
