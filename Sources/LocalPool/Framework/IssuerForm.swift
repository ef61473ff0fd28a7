/// `IssuerConfiguration.Type`. AWS tells the two apart by their hosts; here, where there is one host, by their paths.
enum IssuerForm: CaseIterable {
  /// `{address}/{pool id}`, in AWS `https://cognito-idp.{region}.amazonaws.com/{pool id}`.
  case original
  /// `{address}/issuer/{pool id}`, in AWS `https://issuer-cognito-idp.{region}.amazonaws.com/{pool id}`.
  case updated

  /// What stands between the pool's address and the pool's id.
  var path: String { self == .original ? "/" : "/issuer/" }
}
