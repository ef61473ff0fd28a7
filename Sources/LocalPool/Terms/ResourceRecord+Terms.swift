import Cognito

extension ResourceRecord {
  /// `TermsType`.
  var termsJSON: JSONValue {
    var members = members
    members["TermsId"] = .string(name)
    members["UserPoolId"] = .string(poolID)
    members["Links"] = members["Links"] ?? [:]
    members["CreationDate"] = .time(createdAt)
    members["LastModifiedDate"] = .time(modifiedAt)
    return .object(members)
  }

  /// `TermsDescriptionType`.
  var termsListingJSON: JSONValue {
    let shown = ["TermsId", "TermsName", "Enforcement", "CreationDate", "LastModifiedDate"]
    return .object((termsJSON.object ?? [:]).filter { shown.contains($0.key) })
  }
}

extension PoolException {
  /// A client has one document of each name.
  static func termsExist(_ name: String) -> Self {
    Self("TermsExistsException", "Terms \(name) already exist for the app client.")
  }
}
