import LoginProtocol
import LoginRecords

/// What the daemon asks the writer for, and what it makes of the answers.
package struct RecordWriter: Sendable {
  private let channel: any RecordChannel
  private let configuration: ConfigurationInForce
  /// Held from reading an account to telling it, and from binding an id to writing it down.
  let turn = Turn()

  package init(_ channel: any RecordChannel, configuration: ConfigurationInForce) {
    self.channel = channel
    self.configuration = configuration
  }

  /// An id for a name that has none; from now on the machine knows the name, locked until its person has signed in.
  ///
  /// - Parameter id: only this one will do
  func bind(_ name: LoginName, id: AccountID? = nil) async throws -> AccountID {
    let account = Account(
      name: name, id: id ?? configuration.login.ids.minimum, subject: nil, groups: [], isDisabled: false,
      lastSignIn: nil)
    switch try await only(request(account, id: id)) {
    case .bound(let number, _):
      guard let id = AccountID(number) else { throw AccountError.records("the writer gave the id \(number)") }
      return id
    case .refused(let refusal): throw AccountError(refusal, of: name)
    case .done: throw AccountError.records("the writer answered something else")
    }
  }

  /// Makes the records of one person say what the account says.
  ///
  /// - Returns: what the writer held back.
  func publish(_ account: Account) async throws -> [RecordName] {
    switch try await only(request(account, id: account.id)) {
    case .bound(_, let withheld): return withheld
    case .refused(let refusal): throw AccountError(refusal, of: account.name)
    case .done: throw AccountError.records("the writer answered something else")
    }
  }

  func withdraw(_ name: LoginName) async throws {
    guard let name = RecordName(name.text) else { return }
    if case .refused(let refusal) = try await only(.withdraw(name)) { throw AccountError.records(refusal.reason) }
  }

  /// Makes all records say what the accounts say, and those of nobody go.
  ///
  /// - Returns: what could not be written, by name.
  func publish(all accounts: [Account]) async throws -> [String: String] {
    let requests = try accounts.map { try request($0, id: $0.id) }
    let answers = try await ask([.all] + requests + [.end])
    var failures: [String: String] = [:]
    for (answer, name) in zip(answers, ["all"] + accounts.map(\.name.text) + ["end"]) {
      switch answer {
      case .refused(let refusal): failures[name] = refusal.reason
      case .bound(_, let withheld) where !withheld.isEmpty:
        failures[name] = Self.told(withheld)
      case .bound, .done: break
      }
    }
    return failures
  }

  static func told(_ withheld: [RecordName]) -> String {
    "not given, because they aren't there or are as much as root: " + withheld.map(\.text).joined(separator: ", ")
  }

  private func request(_ account: Account, id: AccountID?) throws -> RecordRequest {
    guard let name = RecordName(account.name.text) else {
      throw AccountError.records("\(account.name) can't have records")
    }
    let login = configuration.login
    // Whoever may not log in: where our module isn't asked, pam_unix refuses a locked account.
    let isLocked = account.isLocked || account.isDisabled || !login.allowed.admits(account.groups)
    let groups = isLocked ? [] : login.groupMap.linuxGroups(of: account.groups)
    return .user(name, id: id?.number, isLocked: isLocked, groups: groups.compactMap { RecordName($0) })
  }

  private func ask(_ requests: [RecordRequest]) async throws -> [RecordAnswer] {
    do { return try await channel.exchange(requests) } catch { throw AccountError.records(error.reason) }
  }

  private func only(_ request: RecordRequest) async throws -> RecordAnswer {
    guard let answer = try await ask([request]).first else {
      throw AccountError.records("the writer didn't answer")
    }
    return answer
  }
}

extension AccountError {
  init(_ refusal: RecordRefusal, of name: LoginName) {
    switch refusal.code {
    case .taken: self = .localName(name.text)
    case .reserved: self = .reservedName(name.text)
    case .exhausted: self = .idsExhausted
    case .id, .silent, .malformed, .broken: self = .records(refusal.reason)
    }
  }
}
