import Cognito

/// Replaces a look.
enum UpdateManagedLoginBranding: PoolOperation {
  static let name = "UpdateManagedLoginBranding"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let branding = try DescribeManagedLoginBranding.find(request)
    try ResourceRecord.checkBranding(request.input)
    var changed = branding
    let kept = branding.members.filter { $0.key == "ClientId" }
    changed.json =
      JSONValue.object(kept.merging(request.given(ResourceRecord.brandingMembers)) { $1 }).serialized()
    changed.modifiedAt = request.context.clock.now
    let saved = changed
    try request.context.store.write { try $0.resources.save(saved) }
    return ["ManagedLoginBranding": saved.brandingJSON]
  }
}
