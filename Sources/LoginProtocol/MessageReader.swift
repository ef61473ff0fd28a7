/// Payload → message: every rule of pam/wire.h is checked here or in `FieldTag.accepts`.
enum MessageReader {
  static func read(_ payload: ArraySlice<UInt8>, for receiver: Receiver) throws(FrameError) -> LoginMessage {
    guard let byte = payload.first else { throw FrameError(.empty) }
    guard let type = MessageType(rawValue: byte) else { throw FrameError(.unknownType(byte)) }
    guard type.receiver == receiver else { throw FrameError(.wrongDirection(type)) }
    return try message(type, Fields(payload.dropFirst(), of: type))
  }

  private static func message(_ type: MessageType, _ fields: Fields) throws(FrameError) -> LoginMessage {
    switch type {
    case .begin: .begin(try begin(fields))
    case .answer: .answer(try fields.secret(.answer))
    case .cancel: .cancel
    case .prompt:
      .prompt(Prompt(try fields.choice(.kind), try fields.text(.text), echo: try fields.byte(.echo) == 1))
    case .info: .info(try fields.text(.text))
    case .error: .error(try fields.text(.text))
    case .result: .result(try outcome(fields))
    case .collect: .collect
    case .stored: .stored(try lease(fields))
    case .signOut: .signOut
    case .loginAdd: .loginAdd(try name(fields), poolUser: fields.has(.text) ? try fields.text(.text) : nil)
    case .loginRemove: .loginRemove(try name(fields))
    case .loginList: .loginList(after: fields.has(.user) ? try name(fields) : nil)
    case .status: .status
    case .loginUnlock: .loginUnlock(try name(fields))
    case .loginLock: .loginLock(try name(fields))
    case .loginForget: .loginForget(try name(fields))
    case .loginSessions: .loginSessions
    case .loginTest: .loginTest(try name(fields), service: try fields.text(.service))
    case .lease: .lease(try lease(fields), document: try fields.secret(.document))
    case .nothing: .nothing
    case .done: .done
    case .logins: .logins(document: try fields.text(.document), more: try fields.byte(.more) == 1)
    case .report: .report(document: try fields.text(.document))
    case .refused: .refused(Refusal(try fields.choice(.code), try fields.text(.text)))
    }
  }

  private static func begin(_ fields: Fields) throws(FrameError) -> Begin {
    let operation: Hook = try fields.choice(.operation)
    guard operation == .changeUpdate || !fields.has(.ticket) else { throw FrameError(.unexpectedTag(.ticket)) }
    return Begin(
      operation: operation, user: try name(fields), service: try fields.text(.service),
      tty: fields.has(.tty) ? try fields.text(.tty) : nil, rhost: fields.has(.rhost) ? try fields.text(.rhost) : nil,
      ruser: fields.has(.ruser) ? try fields.text(.ruser) : nil,
      flags: Begin.Flags(rawValue: try fields.byte(.flags)),
      ticket: fields.has(.ticket) ? try fields.secret(.ticket) : nil,
      caller: fields.has(.caller) ? try fields.number(.caller) : nil)
  }

  private static func outcome(_ fields: Fields) throws(FrameError) -> Outcome {
    let operation: Hook = try fields.choice(.operation)
    let code: Outcome.Code = try fields.choice(.code)
    guard !fields.has(.ticket) || (operation == .changeCheck && code == .success) else {
      throw FrameError(.unexpectedTag(.ticket))
    }
    return Outcome(
      operation: operation, user: try name(fields), code: code,
      ticket: fields.has(.ticket) ? try fields.secret(.ticket) : nil)
  }

  private static func name(_ fields: Fields) throws(FrameError) -> LoginName {
    guard let name = LoginName(try fields.text(.user)) else { throw FrameError(.invalid(.user)) }
    return name
  }

  private static func lease(_ fields: Fields) throws(FrameError) -> LeaseID {
    guard let lease = LeaseID(try fields.text(.lease)) else { throw FrameError(.invalid(.lease)) }
    return lease
  }
}
