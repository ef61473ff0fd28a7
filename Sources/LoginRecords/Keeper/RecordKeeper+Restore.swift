/// A machine that was restarted has no records, and no daemon yet, or for long: its configuration may have a fault. Files,
/// timers and logs shall have their people's names all the same; who may sign in is for the daemon to say.
extension RecordKeeper {
  /// Writes the records that are missing, as the daemon described them last. Of whom nothing is known but the id, a locked one.
  package func restore() {
    do {
      _ = try settings()
      // Groups of our own can wait for the daemon, who asks for them by `all`; people's names can't.
      do { try keepOwnGroups() } catch { around.log("<4>groups aren't made known yet: \(error)") }
      try bindings.sync()
    } catch {
      around.log("<3>nobody is made known before the daemon asks for it: \(error)")
      return
    }
    var count = 0
    for (name, binding) in bindings.living.sorted(by: { $0.key < $1.key })
    where binding.kind == .user && !folder.has("\(name).user") {
      let last =
        memory.people == nil ? RecordRequest.user(name, id: nil, isLocked: true, groups: []) : memory.people?[name]
      guard case .user(_, _, let isLocked, let groups) = last else { continue }
      do {
        try restore(name, binding.id, isLocked: isLocked, groups: groups)
        count += 1
      } catch {
        around.log("<4>no record for \(name): \(error)")
      }
    }
    if count > 0 { around.log("<5>made known again as they were last: \(count) people") }
  }

  /// A directory that doesn't answer yet may take a group away for now, but not the name.
  private func restore(_ name: RecordName, _ id: UInt32, isLocked: Bool, groups: [RecordName]) throws {
    do {
      _ = try put(name, wanted: id, isLocked: isLocked, groups: groups)
    } catch let refusal as RecordRefusal where refusal.code == .silent {
      _ = try put(name, wanted: id, isLocked: isLocked, groups: [])
    }
  }
}
