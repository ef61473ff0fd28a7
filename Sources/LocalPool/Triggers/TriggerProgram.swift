import SystemSupport

/// Runs a program with text on its standard input, and reads what it writes.
enum TriggerProgram {
  static let mostOutput = 1 << 20

  enum Failure: Error, Equatable {
    /// It exited with another status than 0: the first line of what it complained of.
    case refused(String)
    case timedOut
    case broken(String)
  }

  /// - Parameter words: an absolute path, and arguments.
  static func run(_ words: [String], input: [UInt8], seconds: Double) -> Result<[UInt8], Failure> {
    // An environment that says nothing of ours.
    var program = ChildProcess(
      words, environment: ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"], mostOutput: mostOutput)
    program.input = input
    program.mostComplaint = 4096
    do throws(ChildProcess.Failure) {
      let outcome = try program.run(within: .seconds(seconds))
      switch outcome.end {
      case .exited(0): return .success(outcome.output)
      case .exited: return .failure(.refused(firstLine(of: outcome.complaint)))
      case .killed(let signal): return .failure(.broken("signal \(signal)"))
      }
    } catch {
      return .failure(failure(error, words[0]))
    }
  }

  private static func firstLine(of complaint: [UInt8]) -> String {
    let line = String(decoding: complaint, as: UTF8.self).split(whereSeparator: \.isNewline).first
    return line.map(String.init) ?? "(no reason given)"
  }

  private static func failure(_ failure: ChildProcess.Failure, _ program: String) -> Failure {
    switch failure {
    case .notStarted: .broken("\(program) can't be run")
    case .timedOut: .timedOut
    case .tooMuchOutput: .broken("too long an answer")
    case .unreadable, .endUnknown: .broken("\(program) was lost sight of")
    }
  }
}
