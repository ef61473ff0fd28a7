/// Passwords that the pool makes for a user that an administrator created.
enum TemporaryPassword {
  /// Of every class of characters, and at least as long as the policy asks for. Look-alikes (0 O, 1 l I) are left out.
  static func make(for policy: PasswordPolicySettings, random: Randomness) -> String {
    let classes = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#%&*-_=+"]
    let length = max(12, policy.minimumLength ?? 8)
    var password = classes.map { random.text(1, from: $0) }.joined()
    password += random.text(length - classes.count, from: classes.joined())
    return shuffled(password, random: random)
  }

  /// Fisher-Yates with the pool's randomness: the first four characters must not always be of the same classes.
  private static func shuffled(_ text: String, random: Randomness) -> String {
    var characters = Array(text)
    let bytes = random.bytes(characters.count * 2)
    for index in characters.indices.dropFirst().reversed() {
      let draw = Int(bytes[2 * index]) << 8 | Int(bytes[2 * index + 1])
      characters.swapAt(index, draw % (index + 1))
    }
    return String(characters)
  }
}
