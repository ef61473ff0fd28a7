import SystemSupport

/// What a profile's own settings may look like; those of its pool are judged by `PoolRules`.
package enum ProfileRules {
  package static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: ".")
      && text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
  }
}
