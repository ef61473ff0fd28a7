import Cognito

extension ResourceRecord {
  /// `ResourceServerType`.
  var resourceServerJSON: JSONValue {
    .object(members.merging(["UserPoolId": .string(poolID), "Identifier": .string(name)]) { $1 })
  }
}
