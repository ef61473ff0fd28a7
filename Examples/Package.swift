// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what the examples can't reach, nobody outside can.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let cognito = Target.Dependency.product(name: "Cognito", package: "cognito-login")
let localPool = Target.Dependency.product(name: "LocalPool", package: "cognito-login")

func example(_ name: String, _ folder: String) -> Target {
  .executableTarget(name: "example-" + name, dependencies: [cognito], path: folder, swiftSettings: strict)
}

let package = Package(
  name: "cognito-login-examples",
  dependencies: [.package(name: "cognito-login", path: "..")],
  targets: [
    example("sign-in", "SignIn"),
    example("verify-tokens", "VerifyTokens"),
    example("list-users", "ListUsers"),
    .testTarget(name: "OwnParts", dependencies: [cognito, localPool], path: "OwnParts", swiftSettings: strict),
    .testTarget(name: "TestWithPool", dependencies: [cognito, localPool], path: "TestWithPool", swiftSettings: strict),
  ]
)
