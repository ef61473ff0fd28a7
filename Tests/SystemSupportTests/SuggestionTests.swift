import SystemSupport
import Testing

@Suite("what somebody may have meant")
struct SuggestionTests {
  static let known = ["user_pool_id", "client_id", "region", "hosts", "store", "token"]

  @Test(
    "one or two slips are seen through: left out, put in, mistaken, swapped",
    arguments: [
      ("clientid", "client_id"), ("cleint_id", "client_id"), ("user_poolid", "user_pool_id"), ("regoin", "region"),
      ("host", "hosts"), ("stoer", "store"), ("tokken", "token"), ("Region", "region"),
    ])
  func slips(word: String, meant: String) {
    #expect(suggestion(for: word, among: Self.known) == meant)
  }

  @Test(
    "what is further away, or too short to tell, is nobody's slip", arguments: ["", "x", "to", "colour", "id", "üü"])
  func others(word: String) {
    #expect(suggestion(for: word, among: Self.known) == nil)
  }

  @Test("a word of any length costs no more time than a short one")
  func long() {
    let long = String(repeating: "region", count: 100_000)
    #expect(suggestion(for: long, among: Self.known) == nil)
  }
}
