import SystemSupport

/// Message → frame (header and payload).
package enum FrameEncoder {
  /// The frame of `message`, exactly as long as needed. Throws if the message breaks a rule of pam/wire.h.
  /// A frame of an `answer` or a `lease` is secret: wipe it once sent (`wipe`).
  package static func encode(_ message: LoginMessage) throws(FrameError) -> [UInt8] {
    let fields = message.fields
    let size = 1 + fields.reduce(0) { $0 + 3 + $1.length }
    guard size <= message.type.receiver.maximumPayload else { throw FrameError(.oversize) }
    var frame: [UInt8] = []
    // Reserved in full, so that no copy of a secret is left behind by growing.
    frame.reserveCapacity(4 + size)
    for shift in [24, 16, 8, 0] { frame.append(UInt8(truncatingIfNeeded: size >> shift)) }
    frame.append(message.type.rawValue)
    for field in fields {
      guard field.tag.lengths.contains(field.length) else {
        wipe(&frame)
        throw FrameError(.invalid(field.tag))
      }
      frame.append(field.tag.rawValue)
      frame.append(UInt8(truncatingIfNeeded: field.length >> 8))
      frame.append(UInt8(truncatingIfNeeded: field.length))
      let start = frame.endIndex
      field.append(to: &frame)
      guard field.tag.accepts(frame[start...]) else {
        wipe(&frame)
        throw FrameError(.invalid(field.tag))
      }
    }
    return frame
  }
}

/// A field on its way out; a secret one is copied into the frame alone.
struct OutgoingField {
  enum Value {
    case byte(UInt8)
    case number(UInt32)
    case text(String)
    case secret(SecretBytes)
  }

  let tag: FieldTag
  let value: Value

  var length: Int {
    switch value {
    case .byte: 1
    case .number: 4
    case .text(let text): text.utf8.count
    case .secret(let secret): secret.count
    }
  }

  func append(to frame: inout [UInt8]) {
    switch value {
    case .byte(let byte): frame.append(byte)
    case .number(let number):
      for shift in [24, 16, 8, 0] as [UInt32] { frame.append(UInt8(truncatingIfNeeded: number >> shift)) }
    case .text(let text): frame.append(contentsOf: text.utf8)
    case .secret(let secret): secret.withBytes { frame.append(contentsOf: $0) }
    }
  }
}

extension LoginMessage {
  /// The fields in rising order of tag.
  var fields: [OutgoingField] {
    var list: [OutgoingField] = []
    func add(_ tag: FieldTag, byte: UInt8) { list.append(OutgoingField(tag: tag, value: .byte(byte))) }
    func add(_ tag: FieldTag, _ text: String?) {
      if let text { list.append(OutgoingField(tag: tag, value: .text(text))) }
    }
    func add(_ tag: FieldTag, _ secret: SecretBytes?) {
      if let secret { list.append(OutgoingField(tag: tag, value: .secret(secret))) }
    }
    switch self {
    case .begin(let begin):
      add(.version, byte: 1)
      add(.operation, byte: begin.operation.rawValue)
      add(.user, begin.user.text)
      add(.service, begin.service)
      add(.tty, begin.tty)
      add(.rhost, begin.rhost)
      add(.ruser, begin.ruser)
      add(.flags, byte: begin.flags.rawValue)
      add(.ticket, begin.ticket)
      if let caller = begin.caller { list.append(OutgoingField(tag: .caller, value: .number(caller))) }
    case .answer(let answer): add(.answer, answer)
    case .prompt(let prompt):
      add(.text, prompt.text)
      add(.kind, byte: prompt.kind.rawValue)
      add(.echo, byte: prompt.echo ? 1 : 0)
    case .info(let text), .error(let text): add(.text, text)
    case .result(let outcome):
      add(.operation, byte: outcome.operation.rawValue)
      add(.user, outcome.user.text)
      add(.code, byte: outcome.code.rawValue)
      add(.ticket, outcome.ticket)
    case .stored(let lease): add(.lease, lease.text)
    case .loginAdd(let name, let poolUser):
      add(.user, name.text)
      add(.text, poolUser)
    case .loginRemove(let name), .loginUnlock(let name), .loginLock(let name), .loginForget(let name):
      add(.user, name.text)
    case .loginTest(let name, let service):
      add(.user, name.text)
      add(.service, service)
    case .loginList(let name): add(.user, name?.text)
    case .lease(let lease, let document):
      add(.lease, lease.text)
      add(.document, document)
    case .logins(let document, let more):
      add(.document, document)
      add(.more, byte: more ? 1 : 0)
    case .report(let document): add(.document, document)
    case .refused(let refusal):
      add(.text, refusal.text)
      add(.code, byte: refusal.code.rawValue)
    case .cancel, .collect, .signOut, .status, .loginSessions, .nothing, .done: break
    }
    return list
  }
}
