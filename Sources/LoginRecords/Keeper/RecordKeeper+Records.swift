/// Which files a name has in the folder, and their coming and going.
extension RecordKeeper {
  func write(
    _ name: RecordName, id: UInt32, isLocked: Bool, groups: Set<RecordName>, _ settings: RecordSettings
  ) throws(RecordRefusal) {
    // Rights go before anything comes.
    for group in memberships[name, default: []].subtracting(groups) {
      try folder.remove("\(name):\(group).membership")
      memberships[name]?.remove(group)
    }
    try folder.write("\(name).user", .user(name, id: id, isLocked: isLocked, settings: settings))
    try folder.write("\(id).user", .link("\(name).user"))
    try write(group: name, id: id)
    for group in groups.sorted() {
      try folder.write("\(name):\(group).membership", .membership)
      memberships[name, default: []].insert(group)
    }
  }

  /// Files before the links that point to them.
  func write(group name: RecordName, id: UInt32) throws(RecordRefusal) {
    try folder.write("\(name).group", .group(name, id: id))
    try folder.write("\(id).group", .link("\(name).group"))
  }

  /// The binding stays.
  func removeRecords(_ name: RecordName) throws(RecordRefusal) {
    guard let id = bindings.living[name]?.id else { return }
    for group in memberships[name, default: []] { try folder.remove("\(name):\(group).membership") }
    memberships[name] = nil
    for file in ["\(name).user", "\(id).user", "\(name).group", "\(id).group"] { try folder.remove(file) }
  }

  /// Removes all records, as before the package goes; who had which id stays known.
  package func removeAllRecords() throws(RecordRefusal) {
    try memory.forget()
    for name in bindings.living.keys { try removeRecords(name) }
  }

  func takeStock() throws(RecordRefusal) {
    let names = try folder.list()
    var gone: Set<String> = []
    for name in names where folder.isOurs(name) {
      // A membership or a record of somebody bound is looked at when the daemon speaks of them.
      let stem = name.prefix { $0 != ":" }.split(separator: ".").dropLast().joined(separator: ".")
      if let owner = RecordName(name.contains(":") ? String(name.prefix { $0 != ":" }) : stem),
        bindings.living[owner] != nil
      {
        continue
      }
      try folder.remove(name)
      gone.insert(name)
    }
    for name in names where folder.target(ofLink: name).map(gone.contains) ?? false { try folder.remove(name) }
    for name in names where name.hasSuffix(".membership") && !gone.contains(name) {
      let parts = name.dropLast(".membership".count).split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let owner = RecordName(parts[0]), let group = RecordName(parts[1]),
        bindings.living[owner] != nil
      else { continue }
      memberships[owner, default: []].insert(group)
    }
  }
}
