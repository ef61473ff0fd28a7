import LoginService
import SystemSupport
import TestSupport
import Testing

@Suite("settings of a pool in cognito-login.conf")
struct PoolSettingsTests {
  @Test("each is judged as everywhere, and a bad one is named with file and line", arguments: PoolSetting.all)
  func judged(setting: PoolSetting) throws {
    let (text, line) = setting.section("[pool]")
    let bytes = Array((text + "[login]\nallow_groups = *\n").utf8)
    if setting.isGood {
      #expect(throws: Never.self) { try LoginConfiguration.parse(bytes, name: "cognito-login.conf") }
    } else {
      let faults = try #require(throws: ConfigurationFaults.self) {
        try LoginConfiguration.parse(bytes, name: "cognito-login.conf")
      }
      let error = try #require(faults.all.first)
      #expect(error.description.hasPrefix("cognito-login.conf:\(line): ") && !error.advice.isEmpty)
      #expect(error.description.unicodeScalars.allSatisfy { $0.isPrintable })
    }
  }
}
