import Cognito
import FoundationEssentials
import TestSupport
import Testing

@Suite("Error codes")
struct ErrorCodeTests {
  private static let all = CognitoError.Code.exceptions + CognitoError.Code.own

  @Test("the lists of codes hold every member, once")
  func complete() throws {
    let folder = Vectors.path("../../Sources/Cognito/Errors")
    var members: [String] = []
    for file in ["CognitoError+ServiceCodes.swift", "CognitoError+OwnCodes.swift"] {
      let text = try String(contentsOf: URL(filePath: "\(folder)/\(file)"), encoding: .utf8)
      for line in text.split(separator: "\n") where line.contains("public static let") {
        members.append(String(line.split(separator: "\"")[1]))
      }
    }
    #expect(members.count > 90)
    #expect(members == Self.all.map(\.rawValue))
    #expect(Set(members).count == members.count)
  }

  @Test("what asks again is what the list of all front ends says")
  func asksAgain() {
    #expect(Set(Self.all.filter(\.asksAgain).map(\.rawValue)) == Set(Vectors.lines("asks_again.txt")))
  }

  @Test("an exception that has no member is a code all the same, and never asks again")
  func unknown() {
    let code = CognitoError.Code(rawValue: "BrandNewException")
    #expect(code != .init(rawValue: "OtherNewException"))
    #expect(!code.asksAgain && code.nextStep == nil)
    #expect("\(code)" == "BrandNewException")
  }
}
