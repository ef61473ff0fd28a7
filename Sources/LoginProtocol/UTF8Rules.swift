/// Which bytes are text.
enum UTF8Rules {
  /// Well-formed UTF-8 without NUL; without `allowingControls` also without C0, DEL and C1 controls, newline excepted,
  /// so that no text can move a terminal's cursor or hide what stands before it.
  static func isValid(_ bytes: ArraySlice<UInt8>, allowingControls: Bool) -> Bool {
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      if scalar.value == 0 { return false }
      if allowingControls || scalar == "\n" { return true }
      return scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value)
    }
  }
}
