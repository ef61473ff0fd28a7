import SystemSupport

/// Takes requests of a daemon that may be anybody's by now, and lets records say only what root's configuration allows.
package final class RecordKeeper {
  /// Where it finds what it goes by; tests have their own.
  package struct Surroundings {
    package var settings: () throws -> RecordSettings
    package var machine: () throws -> AccountFiles
    package var directories: any Directories
    package var systemNames: () -> Set<String>
    /// Takes lines for an administrator.
    package var log: (String) -> Void

    package init(
      settings: @escaping () throws -> RecordSettings, machine: @escaping () throws -> AccountFiles,
      directories: any Directories, systemNames: @escaping () -> Set<String>, log: @escaping (String) -> Void
    ) {
      self.log = log
      self.settings = settings
      self.machine = machine
      self.directories = directories
      self.systemNames = systemNames
    }
  }

  /// The group that sshd_config.d/50-cognito-login.conf matches: all our people, from `login add` on.
  package static let everybodysGroup = "cognito-login-users"

  let around: Surroundings
  let bindings: Bindings
  let folder: RecordFolder
  let memory: RecordMemory
  /// name → groups that its membership records name
  var memberships: [RecordName: Set<RecordName>] = [:]
  /// Who was named since `all`.
  private var named: Set<RecordName>?

  /// Why the configuration can't be read now; told once.
  private var settingsProblem: String?

  /// Removes what is ours in the folder and bound to nobody: left over from an earlier installation, or half written.
  package init(
    _ around: Surroundings, bindings: Bindings, memory: RecordMemory, folder: RecordFolder
  ) throws(RecordRefusal) {
    self.around = around
    self.bindings = bindings
    self.memory = memory
    self.folder = folder
    try takeStock()
  }

  package func answer(_ request: RecordRequest) -> RecordAnswer {
    do {
      let answer = try carryOut(request)
      // While all are named, once at their end.
      if named == nil {
        try bindings.sync()
        try memory.sync()
      }
      return answer
    } catch let refusal as RecordRefusal {
      return .refused(refusal)
    } catch {
      return .refused(RecordRefusal(.broken, "\(error)"))
    }
  }

  /// A new connection: what the last one left unfinished is forgotten.
  package func startOver() { named = nil }

  private func carryOut(_ request: RecordRequest) throws -> RecordAnswer {
    switch request {
    case .user(let name, let id, let isLocked, let groups):
      named?.insert(name)
      return try user(name, wanted: id, isLocked: isLocked, groups: groups)
    case .withdraw(let name):
      try withdraw(name)
      return .done
    case .all:
      named = []
      try keepOwnGroups()
      return .done
    case .end:
      guard let named else { throw RecordRefusal(.malformed, "`end` without `all`") }
      for (name, binding) in bindings.living where binding.kind == .user && !named.contains(name) {
        try withdraw(name)
      }
      self.named = nil
      return .done
    }
  }

  private func user(
    _ name: RecordName, wanted: UInt32?, isLocked: Bool, groups: [RecordName]
  ) throws -> RecordAnswer {
    let (id, withheld) = try put(name, wanted: wanted, isLocked: isLocked, groups: groups)
    try memory.note(.user(name, id: id, isLocked: isLocked, groups: groups))
    return .bound(id, withheld: withheld)
  }

  func put(
    _ name: RecordName, wanted: UInt32?, isLocked: Bool, groups: [RecordName]
  ) throws -> (id: UInt32, withheld: [RecordName]) {
    let (settings, machine) = (try settings(), try around.machine())
    let id: UInt32
    do {
      id = try self.id(of: name, wanted: wanted, settings, machine)
    } catch {
      // Whatever the reason, a name that isn't ours now has no records; its id stays its own.
      try removeRecords(name)
      throw error
    }
    let (given, withheld) = try sort(groups, settings, machine)
    try write(name, id: id, isLocked: isLocked, groups: given, settings)
    return (id, withheld)
  }

  /// What the configuration says; while it can't be read, what it said last: a typing error takes nobody's name away.
  func settings() throws -> RecordSettings {
    do {
      let settings = try around.settings()
      settingsProblem = nil
      try memory.keep(settings)
      return settings
    } catch let error as ConfigurationError {
      guard let last = memory.settings else { throw error }
      if settingsProblem != error.description { around.log("<3>\(error) Until then, what it said last counts.") }
      settingsProblem = error.description
      return last
    }
  }

  /// The id that is bound to the name, or one that is bound now.
  private func id(
    of name: RecordName, wanted: UInt32?, _ settings: RecordSettings, _ machine: AccountFiles
  ) throws -> UInt32 {
    guard !machine.has(name: name.text) else { throw Self.taken(name) }
    guard !ReservedNames.contains(name.text) else { throw Self.reserved(name) }
    if let binding = bindings.living[name] {
      guard binding.kind == .user else { throw Self.taken(name) }
      guard wanted == nil || wanted == binding.id else {
        throw RecordRefusal(.id, "\(name) has the id \(binding.id) for good, not \(wanted ?? 0)")
      }
      guard settings.ids.contains(binding.id) else {
        throw RecordRefusal(.id, "the id of \(name), \(binding.id), lies outside uid_min–uid_max")
      }
      guard !machine.has(id: binding.id) else {
        throw RecordRefusal(.taken, "the id of \(name), \(binding.id), is a user's or group's of this machine")
      }
      return binding.id
    }
    try checkFree(name, machine)
    let id = try wanted.map { try checked($0, settings, machine) } ?? free(settings, machine)
    try bindings.bind(name, id, .user)
    return id
  }

  /// Removes the records, and the name's hold on its id.
  private func withdraw(_ name: RecordName) throws {
    guard bindings.living[name]?.kind == .user else { return }
    try removeRecords(name)
    try bindings.release(name)
    try memory.note(.withdraw(name))
  }

  static func taken(_ name: RecordName) -> RecordRefusal {
    RecordRefusal(.taken, "\(name) is a user or group of this machine, or a member of one of its groups")
  }

  static func reserved(_ name: RecordName) -> RecordRefusal {
    RecordRefusal(.reserved, "\(name) is a name that systems use for themselves")
  }
}
