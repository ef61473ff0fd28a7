/// What wrong answers cost: a wait, never a lock, and only for where they come from.
///
/// Otherwise anybody who can ask for a password could keep its owner out.
package struct AttemptPolicy: Sendable {
  /// Counted by name and origin.
  package let own: Scale
  /// Counted by name, whoever guesses: for guesses that come from several places, which one alone never reaches. An origin
  /// from which the person has signed in lately doesn't feel it.
  package let name: Scale
  /// Counted by origin, for names that this machine doesn't know: however many are made up, they are one count.
  package let strangers: Scale
  /// How long a right answer makes an origin the person's, in seconds.
  package let trust: Int64
  /// How many origins of one name are kept in mind, and how many counts in all. The oldest are forgotten for new ones;
  /// what bounds guessing then is the count of the name, which stays.
  package let originsEach: Int
  package let capacity: Int

  package struct Scale: Sendable {
    /// Wrong answers that cost nothing.
    package let free: Int
    /// How many waits there are before the longest: a second, and twice as long each time.
    package let doublings: Int
    /// The longest wait, in seconds. Longer than a pool remembers wrong passwords (15 minutes): so guesses from one place
    /// never add up to a long lock there, which would hold the person out too.
    package let longestWait: Int64
    /// After how many seconds one wrong answer is forgotten.
    package let decay: Int64

    package init(free: Int, doublings: Int, longestWait: Int64, decay: Int64) {
      self.free = free
      self.doublings = doublings
      self.longestWait = longestWait
      self.decay = decay
    }

    /// Seconds to wait after `count` wrong answers.
    package func wait(after count: Int) -> Int64 {
      guard count >= free else { return 0 }
      return count - free < doublings ? min(longestWait, 1 << Int64(min(count - free, 20))) : longestWait
    }

    /// What is left of `count` after `seconds`.
    func left(of count: Int, after seconds: Int64) -> Int { max(0, count - Int(clamping: max(0, seconds) / decay)) }

    /// More are not counted: a count that could grow without end would never decay.
    var most: Int { free + doublings + 4 }
  }

  package init(
    own: Scale = Scale(free: 5, doublings: 3, longestWait: 960, decay: 600),
    name: Scale = Scale(free: 12, doublings: 0, longestWait: 960, decay: 600),
    strangers: Scale = Scale(free: 20, doublings: 3, longestWait: 960, decay: 600),
    trust: Int64 = 30 * 86_400, originsEach: Int = 64, capacity: Int = 50_000
  ) {
    self.own = own
    self.name = name
    self.strangers = strangers
    self.trust = trust
    self.originsEach = originsEach
    self.capacity = capacity
  }
}

package enum AttemptVerdict: Sendable, Equatable {
  case go
  /// Seconds left.
  case wait(Int64)
}
