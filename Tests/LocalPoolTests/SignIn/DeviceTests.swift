import Cognito
import LocalPool
import Testing

@Suite("remembered devices")
struct DeviceTests {
  private static let tracking: [String: JSONValue] = [
    "DeviceConfiguration": ["ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false]
  ]

  /// Signs in and confirms the new device; its verifier and keys.
  private func confirm(_ driver: SignInDriver) throws -> (answer: JSONValue, group: String, device: DeviceVerifier) {
    let answer = try driver.srp()
    let metadata = answer["AuthenticationResult"]?["NewDeviceMetadata"]
    let (key, group) = (metadata?["DeviceKey"]?.string ?? "", metadata?["DeviceGroupKey"]?.string ?? "")
    let device = DeviceVerifier(groupKey: group, deviceKey: key)
    let confirmed = try driver.harness.call(
      "ConfirmDevice",
      [
        "AccessToken": "x", "DeviceKey": .string(key), "DeviceName": "laptop",
        "DeviceSecretVerifierConfig": [
          "PasswordVerifier": .string(device.encodedVerifier), "Salt": .string(device.encodedSalt),
        ],
      ], caller: try driver.caller(answer))
    #expect(confirmed["UserConfirmationNecessary"] == false)
    return (answer, group, device)
  }

  private func proveDevice(
    _ driver: SignInDriver, _ session: JSONValue, _ key: String, _ group: String, _ password: Secret
  ) throws -> JSONValue {
    let exchange = SRPClient()
    let challenge = try driver.respond(
      "DEVICE_SRP_AUTH", ["DEVICE_KEY": key, "SRP_A": exchange.publicA.hex], session: session)
    #expect(challenge["ChallengeName"] == "DEVICE_PASSWORD_VERIFIER")
    let parameters = (challenge["ChallengeParameters"]?.object ?? [:]).compactMapValues(\.string)
    var responses = try driver.claim(parameters, exchange, poolName: group, userID: key, password: password)
    responses["DEVICE_KEY"] = key
    return try driver.respond("DEVICE_PASSWORD_VERIFIER", responses)
  }

  @Test("a sign-in without a device gets one; once confirmed it proves itself by SRP")
  func deviceSignIn() throws {
    var driver = try SignInDriver(pool: Self.tracking)
    let (answer, group, device) = try confirm(driver)
    let key = answer["AuthenticationResult"]?["NewDeviceMetadata"]?["DeviceKey"]?.string ?? ""
    #expect(try driver.claims(answer)["device_key"] == .string(key))
    driver.deviceKey = key
    let session = try driver.srp()
    #expect(session["ChallengeName"] == "DEVICE_SRP_AUTH")
    let done = try proveDevice(driver, session, key, group, device.password)
    #expect(done["AuthenticationResult"]?["AccessToken"] != nil)
    #expect(done["AuthenticationResult"]?["NewDeviceMetadata"] == nil)
    let wrong = try refusal {
      try proveDevice(driver, try driver.srp(), key, group, Secret(utf8: "not it"))
    }
    #expect(wrong == .incorrectPassword)
  }

  @Test(
    "it stands for the second factor only where the pool says so, and else comes after it", arguments: [true, false])
  func secondFactor(_ replaces: Bool) throws {
    let email: JSONValue = ["Message": "Yours: {####}."]
    var driver = try SignInDriver(
      pool: ["DeviceConfiguration": ["ChallengeRequiredOnNewDevice": .bool(replaces)]],
      mfa: ["MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": email])
    let (answer, group, device) = try confirm(driver)
    let named: [String: JSONValue] = ["UserPoolId": .string(driver.pool), "Username": "ada"]
    let address: JSONValue = [["Name": "email", "Value": "ada@example.com"]]
    try driver.harness.call("AdminUpdateUserAttributes", .object(named.merging(["UserAttributes": address]) { $1 }))
    try driver.harness.call(
      "AdminSetUserMFAPreference", .object(named.merging(["EmailMfaSettings": ["Enabled": true]]) { $1 }))
    let key = answer["AuthenticationResult"]?["NewDeviceMetadata"]?["DeviceKey"]?.string ?? ""
    driver.deviceKey = key
    var step = try driver.srp()
    if !replaces {
      #expect(step["ChallengeName"] == "EMAIL_OTP")
      let code = try driver.harness.lastMessage()?.code ?? ""
      step = try driver.respond("EMAIL_OTP", ["EMAIL_OTP_CODE": code], session: step)
    }
    #expect(step["ChallengeName"] == "DEVICE_SRP_AUTH")
    #expect(try proveDevice(driver, step, key, group, device.password)["AuthenticationResult"] != nil)
    driver.deviceKey = nil
    #expect(try driver.srp()["ChallengeName"] == "EMAIL_OTP")
  }

  @Test("a refresh token of a device needs its key, and goes with it")
  func refresh() throws {
    let driver = try SignInDriver(pool: Self.tracking)
    let (answer, _, _) = try confirm(driver)
    let key = answer["AuthenticationResult"]?["NewDeviceMetadata"]?["DeviceKey"]?.string ?? ""
    let token = driver.refreshToken(answer)
    #expect(
      try refusal { try driver.initiate("REFRESH_TOKEN_AUTH", ["REFRESH_TOKEN": token]) }
        == .notAuthorized("Invalid Refresh Token"))
    let renewed = try driver.initiate("REFRESH_TOKEN_AUTH", ["REFRESH_TOKEN": token, "DEVICE_KEY": key])
    #expect(try driver.claims(renewed)["device_key"] == .string(key))
    try driver.harness.call(
      "ForgetDevice", ["AccessToken": "x", "DeviceKey": .string(key)], caller: try driver.caller(answer))
    #expect(
      try refusal { try driver.initiate("REFRESH_TOKEN_AUTH", ["REFRESH_TOKEN": token, "DEVICE_KEY": key]) }
        == .notAuthorized("Invalid Refresh Token"))
  }

  @Test("a device that the user doesn't have is named as such, so that clients forget it")
  func unknownDevice() throws {
    var driver = try SignInDriver(pool: Self.tracking)
    driver.deviceKey = "local_00000000-0000-4000-8000-000000000000"
    #expect(try refusal { try driver.srp() } == .resourceNotFound("Device does not exist."))
  }

  @Test("devices can be listed, told about and no longer be remembered; such a one signs in like a new one")
  func operations() throws {
    var driver = try SignInDriver(pool: Self.tracking)
    let (answer, _, _) = try confirm(driver)
    let caller = try driver.caller(answer)
    let listed = try driver.harness.call("ListDevices", ["AccessToken": "x"], caller: caller)["Devices"]
    let key = listed?[0]?["DeviceKey"] ?? ""
    #expect(listed?.array?.count == 1)
    let user = ["UserPoolId": JSONValue.string(driver.pool), "Username": "ada"]
    let told = try driver.harness.call("AdminGetDevice", .object(user.merging(["DeviceKey": key]) { own, _ in own }))
    #expect(told["Device"]?["DeviceAttributes"]?.array?.contains(["Name": "device_name", "Value": "laptop"]) == true)
    try driver.harness.call(
      "UpdateDeviceStatus", ["AccessToken": "x", "DeviceKey": key, "DeviceRememberedStatus": "not_remembered"],
      caller: caller)
    driver.deviceKey = key.string
    #expect(try driver.srp()["AuthenticationResult"] != nil)
    try driver.harness.call("AdminForgetDevice", .object(user.merging(["DeviceKey": key]) { own, _ in own }))
    #expect(
      try driver.harness.refusal("GetDevice", ["AccessToken": "x", "DeviceKey": key], caller: caller)?.type
        == "ResourceNotFoundException")
  }
}
