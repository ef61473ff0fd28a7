/// `group_map`: which group of the pool gives which group of this machine. Nothing is mapped unless written here: a pool's
/// administrator must not be able to make somebody root of a machine by naming a group `sudo`.
package struct GroupMap: Sendable, Equatable {
  /// pool's group → names of groups here, in the order of their names
  package let entries: [String: [String]]

  package static let empty = GroupMap(entries: [:])

  package init(entries: [String: [String]]) {
    self.entries = entries.mapValues { Array(Set($0)).sorted() }
  }

  /// The groups here that membership of `groups` in the pool gives.
  package func linuxGroups(of groups: Set<String>) -> [String] {
    Set(groups.flatMap { entries[$0] ?? [] }).sorted()
  }

  /// Every group here that is named.
  package var linuxGroups: [String] { Set(entries.values.joined()).sorted() }
}
