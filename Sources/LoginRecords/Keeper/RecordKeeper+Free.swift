import SystemSupport

/// What can be given away. Names and ids of this machine, and of its other directories, always win.
extension RecordKeeper {
  /// Nobody has the name, and nothing is waiting for somebody of that name.
  func checkFree(_ name: RecordName, _ machine: AccountFiles) throws {
    guard !machine.has(name: name.text), !machine.members.contains(name.text) else { throw Self.taken(name) }
    guard !ReservedNames.contains(name.text), !around.systemNames().contains(name.text) else {
      throw Self.reserved(name)
    }
    guard try around.directories.user(named: name.text) == nil, try around.directories.group(named: name.text) == nil
    else { throw RecordRefusal(.taken, "\(name) is a user or group of another directory of this machine") }
  }

  /// The id that the daemon knows from before, if it may be given.
  func checked(_ id: UInt32, _ settings: RecordSettings, _ machine: AccountFiles) throws -> UInt32 {
    guard settings.ids.contains(id) else { throw RecordRefusal(.id, "the id \(id) lies outside uid_min–uid_max") }
    guard !bindings.isSpent(id) else { throw RecordRefusal(.id, "the id \(id) was given before") }
    guard try blocking(id, machine) == nil else {
      throw RecordRefusal(.taken, "the id \(id) belongs to this machine, or to another directory of it")
    }
    return id
  }

  /// The next id, always above all that were ever given, so that none comes twice.
  func free(_ settings: RecordSettings, _ machine: AccountFiles) throws -> UInt32 {
    var next = bindings.highest(in: settings.ids).map { $0 + 1 } ?? settings.ids.lowerBound
    while next <= settings.ids.upperBound {
      guard let last = try blocking(next, machine) else { return next }
      guard last < settings.ids.upperBound else { break }
      next = last + 1
    }
    throw RecordRefusal(.exhausted, "no id is left between uid_min and uid_max")
  }

  /// nil when the id is nobody's; else the last of the ids that are somebody's with it.
  private func blocking(_ id: UInt32, _ machine: AccountFiles) throws -> UInt32? {
    if let range = machine.subordinate.first(where: { $0.contains(id) }) { return range.upperBound }
    if machine.has(id: id) { return id }
    return try around.directories.has(id: id) ? id : nil
  }

  /// Which of the groups may be given: those that root's group_map names, that are there, and that aren't as much as root.
  func sort(
    _ groups: [RecordName], _ settings: RecordSettings, _ machine: AccountFiles
  ) throws -> (given: Set<RecordName>, withheld: [RecordName]) {
    var (given, withheld): (Set<RecordName>, [RecordName]) = ([], [])
    for group in groups {
      if settings.groups.contains(group), try mayBeGiven(group, machine) {
        given.insert(group)
      } else {
        withheld.append(group)
      }
    }
    if let ours = RecordName(Self.everybodysGroup), machine.groups[ours.text].map({ $0 != 0 }) ?? false {
      given.insert(ours)
    }
    return (given, withheld)
  }

  private func mayBeGiven(_ group: RecordName, _ machine: AccountFiles) throws -> Bool {
    if bindings.living[group]?.kind == .group, machine.groups[group.text] == nil { return true }
    guard let id = try machine.groups[group.text] ?? around.directories.group(named: group.text) else { return false }
    return !GroupRules.isRefused(group.text, id: id, on: machine)
  }

  /// Groups of group_map that nobody else has get an id of the range and records; those that somebody has got since, or
  /// that group_map doesn't name any more, lose theirs.
  func keepOwnGroups() throws {
    let (settings, machine) = (try settings(), try around.machine())
    for group in settings.groups.sorted() where bindings.living[group] == nil {
      guard !GroupRules.refusedNames.contains(group.text) else { continue }
      do { try checkFree(group, machine) } catch let refusal as RecordRefusal where refusal.code != .silent { continue }
      try bindings.bind(group, free(settings, machine), .group)
    }
    for (group, binding) in bindings.living where binding.kind == .group {
      if settings.groups.contains(group), settings.ids.contains(binding.id), !machine.has(name: group.text),
        !machine.has(id: binding.id)
      {
        try write(group: group, id: binding.id)
      } else {
        try removeRecords(group)
      }
    }
  }
}
