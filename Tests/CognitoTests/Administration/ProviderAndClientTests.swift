import Cognito
import FoundationEssentials
import Testing

@Suite("Administering identity providers and app clients")
struct ProviderAndClientTests {
  static let provider: JSONValue = [
    "ProviderName": "Corp", "ProviderType": "OIDC",
    "ProviderDetails": ["client_id": "c", "client_secret": "very-secret"], "AttributeMapping": ["email": "mail"],
    "IdpIdentifiers": ["example.com"], "CreationDate": 1,
  ]

  @Test("a provider is made, told, changed, listed and removed")
  func providers() async throws {
    let create = ServiceScript(["IdentityProvider": Self.provider])
    let provider = try await create.administrator().createIdentityProvider(
      "Corp", kind: .oidc, details: ["client_id": "c"], attributeMapping: [.email: "mail"], identifiers: ["example.com"]
    )
    #expect(provider.kind == .oidc)
    #expect(provider.attributeMapping == [.email: "mail"])
    #expect(provider.identifiers == ["example.com"])
    create.expectAdminCall(
      "CreateIdentityProvider",
      [
        "ProviderName": "Corp", "ProviderType": "OIDC", "ProviderDetails": ["client_id": "c"],
        "AttributeMapping": ["email": "mail"], "IdpIdentifiers": ["example.com"],
      ])
    let describe = ServiceScript(["IdentityProvider": Self.provider])
    #expect(try await describe.administrator().identityProvider("Corp").details["client_id"] == "c")
    describe.expectAdminCall("DescribeIdentityProvider", ["ProviderName": "Corp"])
    let update = ServiceScript(["IdentityProvider": Self.provider])
    try await update.administrator().updateIdentityProvider("Corp", identifiers: [])
    update.expectAdminCall("UpdateIdentityProvider", ["ProviderName": "Corp", "IdpIdentifiers": []])
    let list = ServiceScript(["Providers": [["ProviderName": "Corp", "ProviderType": "NewKind"]]])
    #expect(try await list.administrator().identityProviders().collect().first?.kind.rawValue == "NewKind")
    list.expectAdminCall("ListIdentityProviders", ["MaxResults": 60])
    let delete = ServiceScript([:])
    try await delete.administrator().deleteIdentityProvider("Corp")
    delete.expectAdminCall("DeleteIdentityProvider", ["ProviderName": "Corp"])
  }

  @Test("a provider's secret shows in no description")
  func secrets() async throws {
    let provider = try await ServiceScript(["IdentityProvider": Self.provider]).administrator().identityProvider("Corp")
    var dumped = ""
    dump(provider, to: &dumped)
    #expect("\(provider)" == "Corp (OIDC)")
    #expect(!dumped.contains("very-secret"))
  }

  static let described: JSONValue = [
    "UserPoolId": "x", "ClientId": "c1", "ClientName": "app", "ClientSecret": "s", "CreationDate": 1,
    "LastModifiedDate": 2, "RefreshTokenValidity": 30, "AccessTokenValidity": 1,
    "TokenValidityUnits": ["AccessToken": "hours"], "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
    "PreventUserExistenceErrors": "LEGACY", "SettingOfTheFuture": ["a": 1],
  ]

  @Test("an update keeps every setting that it doesn't change, also ones that this library doesn't know")
  func update() async throws {
    let script = ServiceScript(["UserPoolClient": Self.described])
    let client = try await script.administrator().updateAppClient("c1") { settings in
      settings.hidesUserExistence = true
      settings.accessTokenValidity = .seconds(300)
    }
    #expect(client.id == "c1")
    #expect(client.secret == Secret(utf8: "s"))
    #expect(script.calls.map(\.operation) == ["DescribeUserPoolClient", "UpdateUserPoolClient"])
    #expect(
      script.calls[1].body == [
        "UserPoolId": .string(ServiceScript.poolID), "ClientId": "c1", "ClientName": "app", "RefreshTokenValidity": 30,
        "AccessTokenValidity": 300, "TokenValidityUnits": ["AccessToken": "seconds"],
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"], "PreventUserExistenceErrors": "ENABLED",
        "SettingOfTheFuture": ["a": 1],
      ])
  }

  @Test("settings read their units: hours for access tokens and days for refresh tokens unless told otherwise")
  func validity() async throws {
    let settings = try await ServiceScript(["UserPoolClient": Self.described]).administrator().appClient("c1").settings
    #expect(settings.accessTokenValidity == .seconds(3600))
    #expect(settings.refreshTokenValidity == .seconds(30 * 86400))
    #expect(settings.idTokenValidity == nil)
    var fresh = AppClientSettings(name: "x")
    fresh.refreshTokenRotation = .init(isOn: true, gracePeriod: .seconds(10))
    fresh.oAuthFlows = ["code"]
    fresh.writableAttributes = [.email]
    #expect(fresh.refreshTokenRotation?.isOn == true)
    #expect(fresh.refreshTokenRotation?.gracePeriod == .seconds(10))
    #expect(fresh["AllowedOAuthFlowsUserPoolClient"] == true)
    #expect(fresh["WriteAttributes"] == ["email"])
  }

  @Test("clients are made, listed and deleted")
  func clients() async throws {
    let create = ServiceScript(["UserPoolClient": Self.described])
    var settings = AppClientSettings(name: "app")
    settings.authFlows = ["ALLOW_USER_SRP_AUTH"]
    _ = try await create.administrator().createAppClient(settings, hasSecret: true)
    create.expectAdminCall(
      "CreateUserPoolClient",
      ["ClientName": "app", "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"], "GenerateSecret": true])
    let list = ServiceScript(
      ["UserPoolClients": [["ClientId": "a", "ClientName": "A"]], "NextToken": "n"],
      ["UserPoolClients": [["ClientId": "b"]]])
    #expect(try await list.administrator().appClients().collect().map(\.id) == ["a", "b"])
    let delete = ServiceScript([:])
    try await delete.administrator().deleteAppClient("c1")
    delete.expectAdminCall("DeleteUserPoolClient", ["ClientId": "c1"])
  }
}
