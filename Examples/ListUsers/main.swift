// Lists the users of a pool with their groups. AWS credentials come from where the AWS tools look for them.
//
//     example-list-users POOL_ID [ENDPOINT]

import Cognito
import Glibc

let arguments = CommandLine.arguments
guard arguments.count >= 2 else {
  print("usage: example-list-users POOL_ID [ENDPOINT]")
  exit(2)
}

let pool = try UserPool(id: arguments[1], endpoint: arguments.count > 2 ? arguments[2] : nil)
let administrator = UserPoolAdministrator(pool: pool, credentials: AWSCredentialsChain.standard())

for try await user in administrator.users() {
  let groups = try await administrator.groups(of: user.username).collect().map(\.name)
  print(
    "\(user.username)\t\(user.status.map { "\($0)" } ?? "-")\t\(groups.isEmpty ? "-" : groups.joined(separator: ","))")
}
