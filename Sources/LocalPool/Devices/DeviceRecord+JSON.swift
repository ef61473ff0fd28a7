import Cognito

extension DeviceRecord {
  /// `DeviceType`.
  var json: JSONValue {
    var attributes = [("device_status", "valid")]
    if let name { attributes.append(("device_name", name)) }
    attributes.append(("dev:device_remembered_status", isRemembered ? "remembered" : "not_remembered"))
    if let lastIP { attributes.append(("last_ip_used", lastIP)) }
    return [
      "DeviceKey": .string(key),
      "DeviceAttributes": .array(attributes.map { ["Name": .string($0), "Value": .string($1)] }),
      "DeviceCreateDate": .time(createdAt), "DeviceLastModifiedDate": .time(modifiedAt),
      "DeviceLastAuthenticatedDate": .time(lastAuthenticatedAt),
    ]
  }
}
