/// The first byte of a payload. Values and directions: pam/wire.h.
package enum MessageType: UInt8, Sendable, CaseIterable {
  case begin = 0x01, answer = 0x02, cancel = 0x03
  case prompt = 0x21, info = 0x22, error = 0x23, result = 0x24
  case collect = 0x41, stored = 0x42, signOut = 0x43
  case loginAdd = 0x51, loginRemove = 0x52, loginList = 0x53, status = 0x54, loginUnlock = 0x55
  case loginLock = 0x56, loginForget = 0x57, loginSessions = 0x58, loginTest = 0x59
  case lease = 0x61, nothing = 0x62, done = 0x63, logins = 0x64, report = 0x65, refused = 0x66

  /// Who reads a message of this type.
  package var receiver: Receiver {
    switch rawValue >> 4 {
    case 0, 4, 5: .daemon
    case 2: .module
    default: .client
    }
  }

  /// The fields that must be there, and those that may be.
  var shape: (required: [FieldTag], optional: [FieldTag]) {
    switch self {
    case .begin: ([.version, .operation, .user, .service, .flags], [.tty, .rhost, .ruser, .ticket, .caller])
    case .answer: ([.answer], [])
    case .prompt: ([.text, .kind, .echo], [])
    case .info, .error: ([.text], [])
    case .result: ([.operation, .user, .code], [.ticket])
    case .stored: ([.lease], [])
    case .loginAdd: ([.user], [.text])
    case .loginRemove, .loginUnlock, .loginLock, .loginForget: ([.user], [])
    case .loginTest: ([.user, .service], [])
    case .loginList: ([], [.user])
    case .lease: ([.lease, .document], [])
    case .logins: ([.document, .more], [])
    case .report: ([.document], [])
    case .refused: ([.text, .code], [])
    case .cancel, .collect, .signOut, .status, .loginSessions, .nothing, .done: ([], [])
    }
  }
}

/// One end of the protocol: it takes only the messages meant for it.
package enum Receiver: Sendable, CaseIterable {
  case daemon, module, client

  /// The longest payload that it reads, in bytes.
  package var maximumPayload: Int { self == .client ? 65_536 : 16_384 }
}
