import Cognito
import Testing

@Suite("Powers of SRP's generator, by table")
struct PowerOfGTests {
  private static let powers = FixedBasePower(base: SRPGroup.g, modulus: OddModulus(SRPGroup.n))

  private static func twoTo(_ bit: Int) -> BigNumber {
    var bytes = [UInt8](repeating: 0, count: bit / 8 + 1)
    bytes[0] = 1 << UInt8(bit % 8)
    return BigNumber(bytes: bytes)
  }

  private func expectAgreement(_ exponent: BigNumber, base: BigNumber, _ powers: FixedBasePower) {
    #expect(powers.power(exponent) == SRPGroup.power(base, exponent), "base \(base.hex), exponent \(exponent.hex)")
  }

  @Test("every single bit has its place", arguments: [0, 1, 7, 8, 12, 13, 51, 52, 53, 63, 64, 207, 208, 255, 256, 259])
  func singleBits(_ bit: Int) {
    expectAgreement(Self.twoTo(bit), base: SRPGroup.g, Self.powers)
  }

  @Test(
    "0, 1 and all ones", arguments: ["0", "1", String(repeating: "f", count: 64), String(repeating: "f", count: 65)])
  func edges(_ hex: String) throws {
    expectAgreement(try #require(BigNumber(hex: hex)), base: SRPGroup.g, Self.powers)
  }

  @Test("random exponents of every length", arguments: [1, 8, 16, 31, 32])
  func random(_ bytes: Int) {
    for _ in 0..<4 { expectAgreement(BigNumber(bytes: SecureRandom.bytes(bytes)), base: SRPGroup.g, Self.powers) }
  }

  @Test("another base")
  func otherBase() throws {
    let base = try #require(BigNumber(hex: "123456789abcdef0"))
    let powers = FixedBasePower(base: base, modulus: OddModulus(SRPGroup.n))
    expectAgreement(BigNumber(bytes: SecureRandom.bytes(32)), base: base, powers)
    expectAgreement(BigNumber(0), base: base, powers)
  }

  @Test("an exponent that is too long for the table goes the general way")
  func tooLong() {
    let exponent = Self.twoTo(FixedBasePower.maximumBits)
    #expect(Self.powers.power(exponent) == nil)
    #expect(SRPGroup.powerOfG(exponent) == SRPGroup.power(SRPGroup.g, exponent))
    // 2^(2^10) needs no reduction, so that one power is known without any of this code.
    #expect(SRPGroup.powerOfG(BigNumber(bytes: [4, 0])).hex == "1" + String(repeating: "0", count: 256))
  }
}
