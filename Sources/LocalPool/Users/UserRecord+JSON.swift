import Cognito

extension UserRecord {
  /// `AttributeListType`, the sub first.
  func attributesJSON(where isShown: (String) -> Bool = { _ in true }) -> JSONValue {
    let all = [AttributeRecord(name: "sub", value: sub)] + attributes
    return .array(
      all.filter { isShown($0.name) }.map { .object(["Name": .string($0.name), "Value": .string($0.value)]) })
  }

  /// `UserType`, as lists of users have it.
  func listingJSON(attributes names: [String]? = nil) -> JSONValue {
    .object([
      "Username": .string(username),
      "Attributes": attributesJSON { names?.contains($0) ?? true },
      "UserCreateDate": .time(createdAt),
      "UserLastModifiedDate": .time(modifiedAt),
      "Enabled": .bool(isEnabled),
      "UserStatus": .string(status.rawValue),
    ])
  }

  /// `UserMFASettingList`: the factors that are set up, in AWS's names.
  package var mfaNames: [String] {
    [
      mfa.smsEnabled ? "SMS_MFA" : nil, mfa.softwareTokenEnabled ? "SOFTWARE_TOKEN_MFA" : nil,
      mfa.emailEnabled ? "EMAIL_OTP" : nil,
    ].compactMap { $0 }
  }
}
