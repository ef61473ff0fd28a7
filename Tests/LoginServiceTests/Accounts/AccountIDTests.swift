import LoginService
import Testing

@Suite("uids and gids")
struct AccountIDTests {
  @Test(
    "authd CVE-2025-5689, himmelblau 2951573c: ids of root, of the system and of systemd's ranges can't be made",
    arguments: [
      0, 1, 27, 999, 60_001, 60_577, 61_184, 65_519, 65_534, 65_535, 524_288, 1_879_048_191, 1 << 31, UInt32.max,
    ])
  func forbidden(number: UInt32) {
    #expect(AccountID(number) == nil)
    #expect(AccountIDRange(minimum: number, maximum: 60_000) == nil)
    #expect(AccountIDRange(minimum: 1000, maximum: number) == nil)
  }

  @Test("ids of people can", arguments: [1000, 10_000, 60_000, 65_536, 524_287] as [UInt32])
  func allowed(number: UInt32) { #expect(AccountID(number)?.number == number) }

  @Test("a range doesn't reach across a forbidden one")
  func across() { #expect(AccountIDRange(minimum: 59_000, maximum: 70_000) == nil) }
}
