/// What somebody may have meant who wrote a word that nobody knows: a known one that is two slips away at most.
package func suggestion(for word: String, among known: some Sequence<String>) -> String? {
  let candidates = known.map { (word: $0, slips: slips(Array(word.utf8), Array($0.utf8))) }
  let best = candidates.min { ($0.slips, $0.word) < ($1.slips, $1.word) }
  guard let best, best.slips <= 2, best.slips * 2 < word.utf8.count else { return nil }
  return best.word
}

/// Letters left out, put in, mistaken, or swapped with their neighbour (Damerau and Levenshtein's distance, without a second
/// slip in a swapped pair).
private func slips(_ left: [UInt8], _ right: [UInt8]) -> Int {
  // Nobody's typing error is that long, and the table would be.
  guard left.count <= 64, right.count <= 64 else { return .max }
  var before: [Int] = []
  var above = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      var least = min(
        above[column + 1] + 1, current[column] + 1, above[column] + (left[row] == right[column] ? 0 : 1))
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        least = min(least, before[column - 1] + 1)
      }
      current.append(least)
    }
    (before, above) = (above, current)
  }
  return above[right.count]
}
