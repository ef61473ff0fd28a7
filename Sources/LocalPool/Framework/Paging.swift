import Cognito

/// Pages of a list: an opaque token says after which item the next page begins.
enum Paging {
  /// The key that a token stands for; `start` without a token.
  static func key(_ input: OperationInput, _ member: String, of list: String, start: String = "") throws(PoolException)
    -> String
  {
    guard let token = try input.optionalString(member) else { return start }
    guard let bytes = Base64.decodeURL(token), let text = String(validating: bytes, as: UTF8.self),
      text.hasPrefix(list + "\n")
    else { throw .invalidParameter("Invalid pagination token.") }
    return String(text.dropFirst(list.count + 1))
  }

  /// The row that a token stands for; 0 without a token.
  static func row(_ input: OperationInput, _ member: String, of list: String) throws(PoolException) -> Int64 {
    guard let row = Int64(try key(input, member, of: list, start: "0")) else {
      throw .invalidParameter("Invalid pagination token.")
    }
    return row
  }

  /// The token for the page after the item of this key.
  static func token(after key: String, of list: String) -> String { Base64.encodeURL(Array("\(list)\n\(key)".utf8)) }

  /// The first `limit` of the items, and the token of the next page if there are more: ask the store for one more.
  static func page<Item>(
    _ items: [Item], limit: Int, of list: String, key: (Item) -> String
  ) -> (items: ArraySlice<Item>, token: JSONValue?) {
    guard items.count > limit, limit > 0 else { return (items[...], nil) }
    let shown = items.prefix(limit)
    return (shown, shown.last.map { .string(token(after: key($0), of: list)) })
  }

  /// AWS takes a limit of 0 as none given.
  static func limit(_ input: OperationInput, _ member: String = "Limit", default standard: Int = 60)
    throws(PoolException)
    -> Int
  {
    let limit = try input.optionalInt(member) ?? standard
    return limit == 0 ? standard : limit
  }
}
