/// Documents that were decoded before, by what they belong to. Nearly every operation reads the settings of a pool and of a
/// client, which hardly ever change, and decoding them costs far more than reading them.
///
/// It needs no telling when a document is changed: what is stored is read each time, and a document is only taken from
/// here when its JSON is the same. It belongs to one connection, which has one user at a time, so it needs no lock.
struct DocumentMemory {
  /// More pools and clients than anybody works with at once; beyond that it begins anew.
  private static let limit = 64

  private var known: [String: any Sendable] = [:]

  /// - Parameter owner: the id of the pool or client.
  /// - Throws: `DecodingError` when a known key has a value of the wrong type.
  mutating func document<Settings>(of owner: String, json: [UInt8]) throws -> AWSDocument<Settings> {
    if let document = known[owner] as? AWSDocument<Settings>, document.json == json { return document }
    let document = try AWSDocument<Settings>(json: json)
    if known.count >= Self.limit { known.removeAll() }
    known[owner] = document
    return document
  }
}
