import Cognito
import FoundationEssentials

/// Users and groups that are read into a pool: from our own format (`users`, `groups`), or from what
/// `aws cognito-idp list-users` writes (`Users`).
package struct UserImport: Sendable {
  private let users: [ImportedUser]
  private let groups: [OperationInput]

  package struct Report: Sendable, Equatable {
    package var added = 0
    /// Names that the pool had already.
    package var skipped: [String] = []
  }

  package init(json: [UInt8]) throws {
    guard let members = try? JSONValue.parse(json, maximumDepth: 16, maximumBytes: 64 << 20).object else {
      throw ImportError(description: "The file isn't a JSON object.")
    }
    try self.init(OperationInput(members))
  }

  init(_ input: OperationInput) throws {
    groups = try input.objects("groups")
    users =
      try Self.read(input, "users") { try ImportedUser($0) }
      + Self.read(input, "Users") { try ImportedUser(listed: $0) }
    guard !users.isEmpty || !groups.isEmpty else {
      throw ImportError(
        description: #"The file has neither "users" or "groups" nor "Users" (aws cognito-idp list-users)."#)
    }
  }

  /// Adds all of it. A user whose name is taken is left as they are, and reported.
  package func apply(to pool: PoolRecord, _ context: PoolContext) throws -> Report {
    var report = Report()
    for group in groups { try ensure(group, in: pool, context) }
    for user in users {
      let record = try Self.named(user.name) { try user.record(for: pool, context) }
      do {
        let inserted = try context.store.write { try UserFactory.insert(record, in: pool, $0) }
        report.added += 1
        for group in user.groups { try join(inserted, group, in: pool, context) }
      } catch let error as PoolException where error.type == "UsernameExistsException" {
        report.skipped.append(user.name)
      }
    }
    return report
  }

  private static func read(
    _ input: OperationInput, _ member: String, _ body: (OperationInput) throws -> ImportedUser
  ) throws -> [ImportedUser] {
    try input.objects(member).enumerated().map { index, user in
      try named("\(member), number \(index + 1)") { try body(user) }
    }
  }

  /// Says in a complaint whom it is about: a file has many users.
  private static func named<T>(_ name: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as PoolException {
      let sentence = error.message.split(whereSeparator: \.isNewline).joined(separator: " ")
      throw ImportError(description: "\(name): \(sentence.isEmpty ? "it isn't of the right form" : sentence)")
    }
  }

  private func ensure(_ group: OperationInput, in pool: PoolRecord, _ context: PoolContext) throws {
    let input = OperationInput(group.members.merging(["UserPoolId": .string(pool.id)]) { $1 })
    do {
      try CreateGroup.checkInput(input)
      _ = try Responder.perform("CreateGroup", input, context)
    } catch let error as PoolException where error.type == "GroupExistsException" {
      return
    }
  }

  private func join(_ user: UserRecord, _ group: String, in pool: PoolRecord, _ context: PoolContext) throws {
    try context.store.write { transaction in
      guard try transaction.groups.find(group, in: pool.id) != nil else {
        throw ImportError(description: "\(user.username) is to be in the group \(group), which isn't there.")
      }
      try transaction.groups.add(user: user.id, to: group, in: pool.id)
    }
  }
}
