import Glibc

/// One NSS module (libnss_NAME.so.2), by the interface that the C library itself uses.
struct NameService {
  /// enum nss_status (nss.h).
  private enum Status {
    static let tryAgain: Int32 = -2
    static let unavailable: Int32 = -1
    static let notFound: Int32 = 0
    static let success: Int32 = 1
  }

  private typealias ByName =
    @convention(c) (
      UnsafePointer<CChar>, UnsafeMutableRawPointer, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<Int32>
    ) -> Int32
  private typealias ByID =
    @convention(c) (
      UInt32, UnsafeMutableRawPointer, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<Int32>
    ) -> Int32

  private let name: String
  private let module: UnsafeMutableRawPointer

  /// nil when it isn't installed: nobody gets names from it then. A module stays loaded, as the C library does with them.
  init?(_ name: String) {
    guard let module = dlopen("libnss_\(name).so.2", RTLD_NOW) else { return nil }
    self.name = name
    self.module = module
  }

  func user(named user: String) throws(RecordRefusal) -> UInt32? {
    guard let call = function("getpwnam_r").map({ unsafeBitCast($0, to: ByName.self) }) else { return nil }
    return try ask(passwd()) { call(user, $0, $1, $2, $3) }?.pw_uid
  }

  func user(id: UInt32) throws(RecordRefusal) -> UInt32? {
    guard let call = function("getpwuid_r").map({ unsafeBitCast($0, to: ByID.self) }) else { return nil }
    return try ask(passwd()) { call(id, $0, $1, $2, $3) }?.pw_uid
  }

  func group(named group: String) throws(RecordRefusal) -> UInt32? {
    guard let call = function("getgrnam_r").map({ unsafeBitCast($0, to: ByName.self) }) else { return nil }
    return try ask(Glibc.group()) { call(group, $0, $1, $2, $3) }?.gr_gid
  }

  func group(id: UInt32) throws(RecordRefusal) -> UInt32? {
    guard let call = function("getgrgid_r").map({ unsafeBitCast($0, to: ByID.self) }) else { return nil }
    return try ask(Glibc.group()) { call(id, $0, $1, $2, $3) }?.gr_gid
  }

  private func function(_ suffix: String) -> UnsafeMutableRawPointer? { dlsym(module, "_nss_\(name)_\(suffix)") }

  private func ask<Entry: BitwiseCopyable>(
    _ empty: Entry,
    _ call: (UnsafeMutableRawPointer, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<Int32>) -> Int32
  ) throws(RecordRefusal) -> Entry? {
    var room = 4096
    while room <= 1 << 24 {
      var (entry, code, status) = (empty, Int32(0), Status.unavailable)
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: room) { buffer in
        if let base = buffer.baseAddress { status = call(&entry, base, buffer.count, &code) }
      }
      switch status {
      case Status.success: return entry
      case Status.notFound: return nil
      case Status.tryAgain where code == ERANGE: room *= 4
      default: throw RecordRefusal(.silent, "the directory `\(name)` of nsswitch.conf doesn't answer: try again")
      }
    }
    throw RecordRefusal(.silent, "an entry of the directory `\(name)` is too large")
  }
}
