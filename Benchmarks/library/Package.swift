// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "library-benchmark",
  dependencies: [.package(name: "cognito-login", path: "../..")],
  targets: [
    .executableTarget(
      name: "LibraryBenchmark", dependencies: [.product(name: "Cognito", package: "cognito-login")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
