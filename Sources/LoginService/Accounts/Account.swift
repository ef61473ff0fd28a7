import LoginProtocol

/// A person of the pool who is known to this machine.
package struct Account: Sendable, Equatable {
  package let name: LoginName
  /// uid, and gid of the person's own group. Written once.
  package let id: AccountID
  /// The pool's immutable id of the person (`sub`); nil until the first sign-in proves it. Written once.
  package let subject: String?
  /// Groups in the pool, as the last verified id token had them.
  package let groups: Set<String>
  /// The pool said at the last attempt that the person is disabled.
  package let isDisabled: Bool
  /// Seconds since 1970 of the last complete sign-in.
  package let lastSignIn: Int64?
  /// What the pool is asked for, where root mapped the name.
  package var poolUser: String?
  /// Groups in the pool that were lost, and when: processes from before still have what they gave.
  package var lostGroups: [String: Int64] = [:]
  /// What the pool itself calls the person: before the first sign-in as it said when root made the name known, then as a
  /// verified token has it.
  package var poolName: String?
  /// Root has locked the account, on this machine alone.
  package var isLocked = false
}

/// Why an account can't be made or used.
package enum AccountError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name belongs to a user or group of this machine.
  case localName(String)
  case reservedName(String)
  /// Nobody of the pool can ever have the name, and why.
  case unfitName(String)
  /// No id is left in the configured range.
  case idsExhausted
  /// The name belongs, in the pool, to another person than before.
  case anotherPerson(String)
  /// The person already has an account here, under another name.
  case anotherName(String)
  case unknownName(String)
  /// A bound is reached that protects the disk.
  case full
  /// The machine's records can't be written: why.
  case records(String)
  /// The database comes from a newer version, or breaks a rule.
  case unusableDatabase(String)

  package var description: String {
    switch self {
    case .localName(let name):
      "\(name) is a user or group of this machine or of another directory of it, or a member of one of its groups: "
        + "rename one of the two"
    case .reservedName(let name): "\(name) is a name that systems use for themselves: choose another one in the pool"
    case .unfitName(let reason): reason
    case .idsExhausted: "no uid is left between uid_min and uid_max: widen the range in the configuration"
    case .anotherPerson(let name):
      "\(name) is somebody else in the user pool than at the last sign-in here: if that is right, run "
        + "'cognito admin login remove \(name)' and add the name again (it gets a new uid)"
    case .anotherName(let name): "this person of the user pool already has the account \(name) here"
    case .unknownName(let name): "\(name) is not known here: make it known with 'cognito admin login add \(name)'"
    case .full: "too many names are remembered: remove some with 'cognito admin login remove'"
    case .records(let reason): "the machine's records of people can't be written: \(reason)"
    case .unusableDatabase(let reason): "the accounts database can't be used: \(reason)"
    }
  }
}
