extension QRCode {
  /// The code in half blocks, two rows of modules to a line, light where the terminal writes: for light text on a dark
  /// ground. Around it is the margin that the standard wants.
  package var lines: [String] {
    let margin = 4
    func isLight(_ row: Int, _ column: Int) -> Bool {
      guard (0..<size).contains(row), (0..<size).contains(column) else { return row < size + margin }
      return !self[row, column]
    }
    return stride(from: -margin, to: size + margin, by: 2).map { row in
      (-margin..<size + margin).map { column in
        switch (isLight(row, column), isLight(row + 1, column)) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
      }.joined()
    }
  }

  /// The lines in pieces that a message of the login protocol carries.
  package func texts(maximumBytes: Int = 4096) -> [String] {
    var texts: [String] = []
    for line in lines {
      if let last = texts.last, last.utf8.count + 1 + line.utf8.count <= maximumBytes {
        texts[texts.count - 1] = last + "\n" + line
      } else {
        texts.append(line)
      }
    }
    return texts
  }
}
