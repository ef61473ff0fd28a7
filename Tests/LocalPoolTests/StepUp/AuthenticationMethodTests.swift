import Testing

@testable import LocalPool

@Suite("levels and methods")
struct AuthenticationMethodTests {
  @Test(
    "each combination reaches the level that the service's documentation gives it",
    arguments: [
      ([.password], 1), ([.sms], 2), ([.email], 2), ([.platformPasskey], 3), ([.roamingPasskey], 3),
      ([.password, .sms], 3), ([.password, .email], 3), ([.password, .softwareToken], 4), ([], nil),
      ([.softwareToken], nil), ([.password, .email, .softwareToken], 4), ([.password, .platformPasskey], 3),
    ] as [([AuthenticationMethod], Int?)])
  func level(_ methods: [AuthenticationMethod], _ expected: Int?) {
    #expect(AuthenticationMethod.level(of: methods) == expected)
  }
}
