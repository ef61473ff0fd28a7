import CSecret
import Cognito

/// libsecret's blocking calls with one deadline over all of them, and their errors in our words.
final class SecretServiceCall {
  typealias Service = UnsafeMutablePointer<SecretService>

  private let cancellable: UnsafeMutablePointer<GCancellable>?
  private let timer: CancellationTimer

  init(timeout: Duration) {
    cancellable = g_cancellable_new()
    timer = CancellationTimer(timeout: timeout, cancellable)
  }

  deinit {
    timer.stop()
    g_object_unref(cancellable)
  }

  /// - Throws: `noService` when no Secret Service runs: asking it for anything would start one.
  func requireOwner() throws(SessionStoreError) {
    try succeed { csecret_service_is_owned(cancellable, $0) }
  }

  func service() throws(SessionStoreError) -> Service {
    try checked { secret_service_get_sync(SECRET_SERVICE_NONE, cancellable, $0) }
  }

  func defaultCollection(_ service: Service) throws(SessionStoreError) -> UnsafeMutablePointer<SecretCollection>? {
    try optional {
      secret_collection_for_alias_sync(service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable, $0)
    }
  }

  /// The item that was changed last; normally there is one.
  func firstItem(
    matching attributes: [(String, String)], _ service: Service
  ) throws(SessionStoreError) -> UnsafeMutablePointer<SecretItem>? {
    let table = Self.table(attributes)
    defer { g_hash_table_unref(table) }
    let list = try optional {
      secret_service_search_sync(service, csecret_session_schema(), table, SECRET_SEARCH_ALL, cancellable, $0)
    }
    var newest: UnsafeMutablePointer<SecretItem>?
    var node = list
    while let current = node {
      if let item = current.pointee.data?.assumingMemoryBound(to: SecretItem.self) {
        if let best = newest, secret_item_get_modified(best) >= secret_item_get_modified(item) {
          g_object_unref(item)
        } else {
          if let old = newest { g_object_unref(old) }
          newest = item
        }
      }
      node = current.pointee.next
    }
    g_list_free(list)
    return newest
  }

  func secret(of item: UnsafeMutablePointer<SecretItem>) throws(SessionStoreError) -> [UInt8] {
    try succeed { secret_item_load_secret_sync(item, cancellable, $0) }
    guard let value = secret_item_get_secret(item) else {
      throw SessionStoreError(.failed, "The Secret Service gave an item with no content.")
    }
    defer { secret_value_unref(UnsafeMutableRawPointer(value)) }
    var count: gsize = 0
    guard let content = secret_value_get(value, &count) else { return [] }
    return content.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
      Array(UnsafeBufferPointer(start: $0, count: Int(count)))
    }
  }

  func store(
    _ bytes: [UInt8], label: String, _ attributes: [(String, String)], _ service: Service
  ) throws(SessionStoreError) {
    let table = Self.table(attributes)
    defer { g_hash_table_unref(table) }
    let value = bytes.withUnsafeBytes { buffer in
      secret_value_new(buffer.bindMemory(to: CChar.self).baseAddress, buffer.count, "application/json")
    }
    defer { secret_value_unref(UnsafeMutableRawPointer(value)) }
    try succeed {
      secret_service_store_sync(
        service, csecret_session_schema(), table, SECRET_COLLECTION_DEFAULT, label, value, cancellable, $0)
    }
  }

  func clear(_ attributes: [(String, String)], _ service: Service) throws(SessionStoreError) -> Bool {
    let table = Self.table(attributes)
    defer { g_hash_table_unref(table) }
    var error: UnsafeMutablePointer<GError>?
    let wasThere = secret_service_clear_sync(service, csecret_session_schema(), table, cancellable, &error) != 0
    if let error { throw SecretServiceFailure.error(error, timedOut: timer.hasFired) }
    return wasThere
  }

  /// Unlocks an item or a collection; the service may show a prompt.
  func unlock(_ object: UnsafeMutableRawPointer, _ service: Service) throws(SessionStoreError) {
    let list = g_list_append(nil, object)
    defer { g_list_free(list) }
    var unlocked: UnsafeMutablePointer<GList>?
    var error: UnsafeMutablePointer<GError>?
    let count = secret_service_unlock_sync(service, list, cancellable, &unlocked, &error)
    g_list_free_full(unlocked) { g_object_unref($0) }
    if let error { throw SecretServiceFailure.error(error, timedOut: timer.hasFired) }
    guard count > 0 else { throw SessionStoreError(.locked, "The keyring that holds the session stayed locked.") }
  }

  private static func table(_ attributes: [(String, String)]) -> OpaquePointer {
    let table = csecret_attributes_new()
    for (name, value) in attributes { csecret_attributes_set(table, name, value) }
    return table
  }

  private typealias ErrorSlot = UnsafeMutablePointer<UnsafeMutablePointer<GError>?>

  private func optional<Value>(_ body: (ErrorSlot) -> Value?) throws(SessionStoreError) -> Value? {
    var error: UnsafeMutablePointer<GError>?
    let value = body(&error)
    if let error { throw SecretServiceFailure.error(error, timedOut: timer.hasFired) }
    return value
  }

  private func checked<Value>(_ body: (ErrorSlot) -> Value?) throws(SessionStoreError) -> Value {
    guard let value = try optional(body) else {
      throw SessionStoreError(.failed, "The Secret Service gave no answer.")
    }
    return value
  }

  private func succeed(_ body: (ErrorSlot) -> gboolean) throws(SessionStoreError) {
    guard try optional({ body($0) != 0 ? true : nil }) == true else {
      throw SessionStoreError(.failed, "The Secret Service didn't carry the request out.")
    }
  }
}
