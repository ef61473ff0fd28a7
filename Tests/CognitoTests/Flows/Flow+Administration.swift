import Cognito
import Testing

extension Flow {
  static let administration: [Flow] = [
    Flow("make, change, disable and delete users") { target in
      let administrator = target.administrator
      let made = try await administrator.createUser(
        NewUser(username: "ada", attributes: [.email: "ada@example.com"], invitation: .suppress))
      #expect(made.status == .forceChangePassword)
      var changed = made
      changed.attributes.name = "Ada"
      try await administrator.save(changed, original: made)
      #expect(try await administrator.user("ada").attributes.name == "Ada")
      try await administrator.disableUser("ada")
      #expect(try await administrator.user("ada").isEnabled == false)
      try await administrator.enableUser("ada")
      #expect(try await administrator.user("ada").isEnabled == true)
      try await administrator.deleteAttributes([.name], of: "ada")
      #expect(try await administrator.user("ada").attributes.name == nil)
      try await administrator.deleteUser("ada")
      await #expect(throws: CognitoError(.userNotFound, "")) { try await administrator.user("ada") }
    },
    Flow("list users page by page, with a filter") { target in
      let administrator = target.administrator
      for name in ["ada", "bob", "carol", "dan", "eve"] {
        try await administrator.createUser(
          NewUser(username: name, attributes: [.email: "\(name)@example.com"], invitation: .suppress))
      }
      let names = try await administrator.users(pageSize: 2).collect().map(\.username)
      #expect(names.sorted() == ["ada", "bob", "carol", "dan", "eve"])
      let found = try await administrator.users(filter: .equals(.email, "dan@example.com")).collect()
      #expect(found.map(\.username) == ["dan"])
    },
    Flow("groups and their members") { target in
      let administrator = target.administrator
      try await target.makeUser()
      for name in ["one", "two", "three"] {
        try await administrator.createGroup(name, description: "group \(name)", precedence: 3)
        try await administrator.addUser("ada", toGroup: name)
      }
      #expect(try await administrator.groups(pageSize: 1).collect().map(\.name).sorted() == ["one", "three", "two"])
      #expect(try await administrator.groups(of: "ada", pageSize: 2).collect().count == 3)
      #expect(try await administrator.users(inGroup: "two").collect().map(\.username) == ["ada"])
      #expect(try await administrator.updateGroup("two", description: "changed").description == "changed")
      try await administrator.removeUser("ada", fromGroup: "two")
      try await administrator.deleteGroup("two")
      let client = try await target.client()
      let tokens = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished().tokens
      let verified = try await client.verifier.verify(tokens.idToken, use: .id)
      #expect(verified.groups.sorted() == ["one", "three"])
      await #expect(throws: CognitoError(.resourceNotFound, "")) { try await administrator.group("two") }
    },
    Flow("identity providers") { target in
      let administrator = target.administrator
      let details = [
        "client_id": "c", "client_secret": "s", "attributes_request_method": "GET",
        "oidc_issuer": "https://idp.example.com", "authorize_scopes": "openid",
      ]
      try await administrator.createIdentityProvider(
        "Corp", kind: .oidc, details: details, attributeMapping: [.email: "email"], identifiers: ["example.com"])
      let provider = try await administrator.identityProvider("Corp")
      #expect(provider.kind == .oidc)
      #expect(provider.details["client_id"] == "c")
      #expect(provider.attributeMapping[.email] == "email")
      try await administrator.updateIdentityProvider("Corp", attributeMapping: [.name: "name"])
      #expect(try await administrator.identityProvider("Corp").attributeMapping[.name] == "name")
      #expect(try await administrator.identityProviders().collect().map(\.name) == ["Corp"])
      try await administrator.deleteIdentityProvider("Corp")
      #expect(try await administrator.identityProviders().collect().isEmpty)
    },
    Flow("app clients: an update keeps what it doesn't change") { target in
      let administrator = target.administrator
      var settings = AppClientSettings(name: "app")
      settings.authFlows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
      settings.callbackURLs = ["https://app.example.com/back"]
      let made = try await administrator.createAppClient(settings, hasSecret: true)
      #expect(made.secret != nil)
      try await administrator.updateAppClient(made.id) { $0.logoutURLs = ["https://app.example.com/out"] }
      let changed = try await administrator.appClient(made.id).settings
      #expect(changed.logoutURLs == ["https://app.example.com/out"])
      #expect(changed.callbackURLs == ["https://app.example.com/back"])
      #expect(changed.authFlows?.sorted() == ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"])
      #expect(try await administrator.appClients().collect().map(\.id).contains(made.id))
      try await administrator.deleteAppClient(made.id)
      await #expect(throws: CognitoError(.resourceNotFound, "")) { try await administrator.appClient(made.id) }
    },
    Flow("page through a list that has no method here") { target in
      for name in ["one", "two", "three"] {
        try await target.call(
          "CreateResourceServer", ["Identifier": .string(name), "Name": .string(name), "Scopes": []])
      }
      let client = try await target.client()
      let servers = client.service.pages(
        "ListResourceServers", ["UserPoolId": .string(target.pool.id), "MaxResults": 1], list: "ResourceServers")
      #expect(try await servers.collect().compactMap { $0["Identifier"]?.string }.sorted() == ["one", "three", "two"])
    },
  ]
}
