import Cognito
import FoundationEssentials

extension ResourceRecord {
  var members: [String: JSONValue] { JSONValue.document(json) }

  /// `IdentityProviderType`.
  var identityProviderJSON: JSONValue {
    var members = members
    members["UserPoolId"] = .string(poolID)
    members["ProviderName"] = .string(name)
    members["CreationDate"] = .time(createdAt)
    members["LastModifiedDate"] = .time(modifiedAt)
    return .object(members)
  }

  /// The resource with some members set anew.
  func replacing(_ new: [String: JSONValue], at now: Date) -> ResourceRecord {
    var changed = self
    changed.json = JSONValue.object(members.merging(new) { $1 }).serialized()
    changed.modifiedAt = now
    return changed
  }
}

extension OperationRequest {
  /// A named resource of the pool.
  func resource(_ kind: ResourceRecord.Kind, _ member: String, of pool: PoolRecord) throws -> ResourceRecord {
    let name = try input.string(member)
    guard let found = try context.store.read({ try $0.resources.find(kind, name, in: pool.id) }) else {
      throw PoolException.resourceNotFound(
        kind == .identityProvider ? "Identity provider \(name) does not exist." : "Resource server does not exist.")
    }
    return found
  }

  /// The given members that may be set, as they were given.
  func given(_ names: [String]) -> [String: JSONValue] {
    input.members.filter { names.contains($0.key) && $0.value != .null }
  }
}
