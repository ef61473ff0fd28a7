// swift-tools-version: 6.2
import PackageDescription

// Every target of ours: Swift 6 mode, no warnings, imports and existentials written out.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix"].map { .product(name: $0, package: "swift-nio") }
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

// Every program of ours, and none of other people's that use the libraries, does without the runtime's crash handler.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: ["CSwiftRuntime"] + dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    swiftSettings: strict)
}

let package = Package(
  name: "cognito-login",
  products: [
    .library(name: "Cognito", targets: ["Cognito"]),
    .library(name: "LocalPool", targets: ["LocalPool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
  ],
  targets: [
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSecret", pkgConfig: "libsecret-1", providers: [.apt(["libsecret-1-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "CSwiftRuntime"),
    .target(name: "CWipingFree"),

    // The floor: what every module needs, on Glibc alone.
    module("SystemSupport", ["CLinux"]),

    module("Cognito", ["SystemSupport", "CCurl", "COpenSSL", "CLinux"]),
    module("TokenCache", ["SystemSupport", "CLinux"]),
    module("CredentialProtocols", ["SystemSupport"]),
    module("CognitoCredentials", ["SystemSupport", "Cognito", "TokenCache", "LoginProtocol", "CSecret"]),
    module("LoginProtocol", ["SystemSupport", "Cognito", "CLinux"]),
    // What root's own program writes about users, and the daemon's end of it.
    module("LoginRecords", ["SystemSupport", "CLinux"]),
    module(
      "LoginService", ["SystemSupport", "Cognito", "LoginProtocol", "LoginRecords", "CSQLite", "CLinux", logging] + nio),
    module(
      "LocalPool", ["SystemSupport", "Cognito", "CCurl", "COpenSSL", "CSQLite", logging, nioHTTP1] + nio),

    program(
      "cognito",
      [
        "SystemSupport", "Cognito", "CognitoCredentials", "CredentialProtocols", "TokenCache", "LoginProtocol",
        argumentParser,
      ]),
    program("cognito-helper", ["SystemSupport", "CredentialProtocols", "TokenCache"]),
    program("cognito-logind", ["CWipingFree", "SystemSupport", "LoginService", logging, argumentParser]),
    program("cognito-userdb", ["SystemSupport", "LoginRecords"]),
    program("cognito-pool", ["SystemSupport", "LocalPool", "Cognito", logging, argumentParser]),

    .target(
      name: "TestSupport", dependencies: ["Cognito", "COpenSSL", "CSQLite"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("SystemSupport"),
    tests("Cognito", ["SystemSupport", "LocalPool"]),
    tests("TokenCache"),
    tests("CredentialProtocols"),
    tests("CognitoCredentials", ["Cognito", "TokenCache", "LoginProtocol"]),
    tests("LoginProtocol", ["Cognito"]),
    tests("LoginRecords", ["SystemSupport"]),
    tests(
      "LoginService", ["SystemSupport", "LoginProtocol", "LoginRecords", "LocalPool", "Cognito", logging] + nio),
    tests("LocalPool", ["Cognito"]),
  ]
)
