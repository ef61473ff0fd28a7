import Cognito
import FoundationEssentials
import TestSupport
import Testing

@Suite("Devices of a user")
struct DeviceTests {
  @Test("confirming sends the verifier of the shared vectors", arguments: Vectors.cognito.list("device"))
  func confirm(_ vector: JSONValue) async throws {
    let script = ServiceScript(["UserConfirmationNecessary": true])
    let device = NewDevice(key: vector.text("device_key"), groupKey: vector.text("device_group_key"))
    let verifier = DeviceVerifier(
      groupKey: device.groupKey, deviceKey: device.key, password: Secret(utf8: vector.text("device_password")),
      salt: try #require(BigNumber(hex: vector.text("salt"))))
    let confirmed = try await script.user().confirm(device, name: "laptop", verifier: verifier)
    #expect(confirmed.needsUserConfirmation)
    #expect(confirmed.device.password == Secret(utf8: vector.text("device_password")))
    script.expectUserCall(
      "ConfirmDevice",
      [
        "DeviceKey": .string(device.key), "DeviceName": "laptop",
        "DeviceSecretVerifierConfig": [
          "PasswordVerifier": .string(vector["confirm_device"]?.text("PasswordVerifier") ?? ""),
          "Salt": .string(vector["confirm_device"]?.text("Salt") ?? ""),
        ],
      ])
  }

  @Test("each confirmation makes a password of its own")
  func fresh() async throws {
    let device = NewDevice(key: "r_1", groupKey: "g")
    let first = try await ServiceScript([:]).user().confirm(device, name: "a")
    let second = try await ServiceScript([:]).user().confirm(device, name: "a")
    #expect(first.device.password != second.device.password)
    #expect(!first.needsUserConfirmation)
  }

  @Test("devices are remembered, forgotten, told and listed")
  func operations() async throws {
    let status = ServiceScript([:])
    try await status.user().setDevice("k", remembered: true)
    status.expectUserCall("UpdateDeviceStatus", ["DeviceKey": "k", "DeviceRememberedStatus": "remembered"])
    let forget = ServiceScript([:])
    try await forget.user().forgetDevice("k")
    forget.expectUserCall("ForgetDevice", ["DeviceKey": "k"])
    let get = ServiceScript(["Device": Self.device("k")])
    let device = try await get.user().device("k")
    #expect(device.name == "laptop")
    #expect(device.lastAuthenticated?.timeIntervalSince1970 == 3)
    get.expectUserCall("GetDevice", ["DeviceKey": "k"])
    let list = ServiceScript(
      ["Devices": [Self.device("a")], "PaginationToken": "p"], ["Devices": [], "PaginationToken": "q"],
      ["Devices": [Self.device("b")]])
    #expect(try await list.user().devices.collect().map(\.key) == ["a", "b"])
    #expect(list.calls.map { $0.body["PaginationToken"] } == [nil, "p", "q"])
  }

  @Test("administrators do the same with signed calls")
  func administrator() async throws {
    let list = ServiceScript(["Devices": [Self.device("a")]])
    #expect(try await list.administrator().devices(of: "ada").collect().count == 1)
    list.expectAdminCall("AdminListDevices", ["Username": "ada", "Limit": 60])
    let get = ServiceScript(["Device": Self.device("a")])
    #expect(try await get.administrator().device("a", of: "ada").key == "a")
    get.expectAdminCall("AdminGetDevice", ["Username": "ada", "DeviceKey": "a"])
    let status = ServiceScript([:])
    try await status.administrator().setDevice("a", of: "ada", remembered: false)
    status.expectAdminCall(
      "AdminUpdateDeviceStatus", ["Username": "ada", "DeviceKey": "a", "DeviceRememberedStatus": "not_remembered"])
    let forget = ServiceScript([:])
    try await forget.administrator().forgetDevice("a", of: "ada")
    forget.expectAdminCall("AdminForgetDevice", ["Username": "ada", "DeviceKey": "a"])
  }

  @Test("a device is kept under the pool's own name for the user, whatever was typed")
  func storageKey() throws {
    let tokens = TokenSet(
      idToken: "", accessToken: "", refreshToken: nil, accessExpiresAt: .distantFuture, idExpiresAt: .distantFuture,
      subject: "s", username: "ada/ü")
    let key = DeviceStorageKey(pool: try UserPool(id: ServiceScript.poolID), tokens: tokens)
    #expect("\(key)" == "device/eu-north-1_TestPool1/ada%2F%C3%BC")
  }

  static func device(_ key: String) -> JSONValue {
    [
      "DeviceKey": .string(key), "DeviceAttributes": [["Name": "device_name", "Value": "laptop"]],
      "DeviceCreateDate": 1, "DeviceLastModifiedDate": 2, "DeviceLastAuthenticatedDate": 3,
    ]
  }
}
