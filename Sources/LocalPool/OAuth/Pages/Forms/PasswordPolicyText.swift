/// A pool's rules for passwords, in a sentence.
enum PasswordPolicyText {
  static func of(_ policy: PasswordPolicySettings) -> String {
    let kinds = [
      (policy.requireLowercase, "a lower-case letter"), (policy.requireUppercase, "an upper-case letter"),
      (policy.requireNumbers, "a digit"), (policy.requireSymbols, "a symbol"),
    ].filter { $0.0 ?? false }.map(\.1)
    let length = "At least \(policy.minimumLength ?? 8) characters"
    let history = (policy.passwordHistorySize ?? 0) > 0 ? " Not one that you had before." : ""
    guard let last = kinds.last else { return "\(length).\(history)" }
    let others = kinds.dropLast().joined(separator: ", ")
    return "\(length), with \(others.isEmpty ? last : "\(others) and \(last)").\(history)"
  }
}
