import Cognito

extension PoolRecord {
  /// An account number that can't be anybody's.
  static let account = "000000000000"

  var arn: String { "arn:aws:cognito-idp:\(region):\(Self.account):userpool/\(id)" }

  /// `UserPoolType`.
  func descriptionJSON(users: Int) -> JSONValue {
    var members = JSONValue.document(document.json).filter {
      $0.key != "Schema" && !PoolDocument.apart.contains($0.key)
    }
    members["Name"] = members.removeValue(forKey: "PoolName")
    members["Id"] = .string(id)
    members["Arn"] = .string(arn)
    members["CreationDate"] = .time(createdAt)
    members["LastModifiedDate"] = .time(modifiedAt)
    members["EstimatedNumberOfUsers"] = .int(Int64(users))
    members["AcrConfiguration"] = AcrNames.json(of: settings)
    members["SchemaAttributes"] = .array(schemaJSON())
    return .object(members)
  }

  private func schemaJSON() -> [JSONValue] {
    let own = JSONValue.document(document.json)["Schema"]?.array ?? []
    let changed = Dictionary(own.compactMap { entry in entry["Name"]?.string.map { ($0, entry) } }) { $1 }
    let standard = StandardAttributes.all.map { attribute in
      let changes = changed[attribute.name]?.object ?? [:]
      return JSONValue.object(Self.json(of: attribute).merging(changes) { $1 })
    }
    return standard + own.filter { entry in !StandardAttributes.names.contains(entry["Name"]?.string ?? "") }
  }

  private static func json(of attribute: StandardAttributes.Standard) -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      "Name": .string(attribute.name), "AttributeDataType": .string(attribute.type), "DeveloperOnlyAttribute": false,
      "Mutable": .bool(attribute.isMutable), "Required": .bool(attribute.name == "sub"),
    ]
    if let limits = attribute.limits {
      members["StringAttributeConstraints"] = [
        "MinLength": .string(String(limits.minimum)), "MaxLength": .string(String(limits.maximum)),
      ]
    } else if attribute.type == "Number" {
      members["NumberAttributeConstraints"] = ["MinValue": "0"]
    }
    return members
  }
}
