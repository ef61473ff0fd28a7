import SystemSupport
import TestSupport
import Testing
import TokenCache

@Suite("settings of a pool in profiles.conf")
struct PoolSettingsTests {
  @Test("each is judged as everywhere, and a bad one is named with file and line", arguments: PoolSetting.all)
  func judged(setting: PoolSetting) throws {
    let (text, line) = setting.section("[profile w]")
    if setting.isGood {
      #expect(try ProfileParser.parse(Array(text.utf8), file: "profiles.conf").count == 1)
    } else {
      let error = try #require(throws: ConfigurationError.self) {
        try ProfileParser.parse(Array(text.utf8), file: "profiles.conf")
      }
      #expect(error.description.hasPrefix("profiles.conf:\(line): ") && !error.advice.isEmpty)
      #expect(error.description.unicodeScalars.allSatisfy { $0.isPrintable })
    }
  }
}
