import Glibc
import Testing
import TokenCache

/// Against this machine's kernel; a container that forbids `keyctl` has nothing to test here.
private let hasKeyrings: Bool = {
  let ring = KernelKeyring()
  guard let key = try? ring.add(description: "cognito-login-test:probe", payload: [1], to: KernelKeyring.thread) else {
    return false
  }
  try? ring.unlink(key, from: KernelKeyring.thread)
  return true
}()

@Suite("tokens in the kernel's keyring", .enabled(if: hasKeyrings))
struct KernelTokenCacheTests {
  private let now: Int64 = 1_800_000_000
  private let cache = KernelTokenCache()
  /// A pool of its own for each test, so that they can run side by side.
  private let profile = Profile(
    name: "test", userPoolID: "eu-west-1_\(UInt64.random(in: 0 ... .max))", clientID: "1")

  private func token(_ text: String, lifetime: Int64 = 300) -> CachedToken {
    CachedToken(token: text, username: "ann", expiresAt: now + lifetime)
  }

  @Test("what was stored is read back until shortly before it expires")
  func roundTrip() {
    #expect(cache.token(.access, of: profile, now: now) == nil)
    #expect(cache.store(token("eyJ.a"), .access, of: profile, now: now))
    defer { cache.drop(.access, of: profile) }
    #expect(cache.token(.access, of: profile, now: now) == token("eyJ.a"))
    #expect(cache.token(.id, of: profile, now: now) == nil)
    #expect(cache.token(.access, of: profile, now: now + 269) == token("eyJ.a"))
    #expect(cache.token(.access, of: profile, now: now + 270) == nil)
  }

  @Test("another pool, client or profile name never sees it")
  func separation() {
    #expect(cache.store(token("eyJ.a"), .access, of: profile, now: now))
    defer { cache.drop(.access, of: profile) }
    var other = profile
    other.clientID = "2"
    #expect(cache.token(.access, of: other, now: now) == nil)
    other = profile
    other.name = "test2"
    #expect(cache.token(.access, of: other, now: now) == nil)
  }

  @Test("a renewed token replaces the old one in place, more often than the quota would allow copies")
  func update() throws {
    let big = String(repeating: "x", count: 4000)
    for number in 0..<20 { #expect(cache.store(token("\(number)\(big)"), .access, of: profile, now: now)) }
    defer { cache.drop(.access, of: profile) }
    #expect(cache.token(.access, of: profile, now: now)?.token.hasPrefix("19x") == true)
  }

  @Test("the kernel forgets it by itself")
  func timeout() throws {
    #expect(cache.store(token("eyJ.a", lifetime: 1), .access, of: profile, now: now))
    usleep(1_200_000)
    // The value is asked for as of the past: were it still there, it would be usable.
    #expect(cache.token(.access, of: profile, now: now - 1000) == nil)
  }

  @Test("dropping says whether there was one")
  func drop() {
    #expect(!cache.drop(.access, of: profile))
    #expect(cache.store(token("eyJ.a"), .access, of: profile, now: now))
    #expect(cache.drop(.access, of: profile))
    #expect(cache.token(.access, of: profile, now: now) == nil)
  }

  @Test("a token that can't be kept doesn't leave its predecessor behind")
  func unstorable() {
    #expect(cache.store(token("eyJ.a"), .access, of: profile, now: now))
    #expect(!cache.store(token("with\nline"), .access, of: profile, now: now))
    #expect(cache.token(.access, of: profile, now: now) == nil)
    #expect(!cache.store(token("eyJ.a", lifetime: 0), .access, of: profile, now: now))
    #expect(!cache.store(token(String(repeating: "x", count: 20_000)), .access, of: profile, now: now))
  }
}
