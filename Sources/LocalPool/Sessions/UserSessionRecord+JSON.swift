import Cognito

extension UserSessionRecord {
  /// `SessionDescriptionType`.
  ///
  /// - Parameter current: the sign-in of the caller.
  func json(current: String?) -> JSONValue {
    .fields([
      "SessionId": .string(id), "SessionType": originJti == nil ? "SSO" : "TOKEN", "ClientId": .string(clientID),
      "CreateDate": .time(createdAt), "LastActiveDate": .time(lastActiveAt), "DeviceType": .string(device),
      "LastIPAddress": .string(address),
      // Nobody here knows where an address is: what AWS says then.
      "LastLocation": ["Country": "unknown"], "OriginSessionId": parent.map { .string($0) },
      "IsCurrentSession": .bool(originJti != nil && originJti == current),
    ])
  }
}
