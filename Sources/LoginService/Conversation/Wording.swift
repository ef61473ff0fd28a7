import LoginProtocol
import SystemSupport

/// Every sentence that a person reads while signing in. None tells whether a name exists.
enum Wording {
  static let passwordPrompt = "Password: "
  static let currentPasswordPrompt = "Current password: "
  static let newPasswordPrompt = "New password: "
  static let authenticatorPrompt = "Code of your authenticator app: "

  static let denied = "The user name or the password is wrong, or this account can't be used."
  static let wrongCode = "That code is wrong or has been used. Wait for the next one."
  static let tooManyCodes = "Too many wrong codes. Start again."
  static let unavailable = "The sign-in service can't be reached. Try again in a moment, or tell your administrator."
  static let wrongClock =
    "This machine's clock is wrong, so nobody can sign in. Tell your administrator: timedatectl shows it, and sets it."
  static let lockedByPool = "Too many failed attempts. Wait a few minutes, then try again."
  static let resetRequired =
    "Your password has to be reset before you can sign in: use 'Forgot password' of your organisation."
  static let unconfirmed = "Your account isn't confirmed yet: use the code that was sent to you when you signed up."
  static let locked = "Your account is locked on this machine. Ask your administrator."
  static let groupMissing = "Your account isn't allowed to sign in on this machine. Ask your administrator."
  static let anotherPerson = "This name belonged to somebody else on this machine. Ask your administrator."
  static let nameNotProved =
    "The user pool can't prove that this name is yours: your administrator has to make you known by another one."
  static let serviceGroupMissing = "Your account isn't allowed to do this on this machine. Ask your administrator."
  static let groupsLost =
    "You have lost rights that this session still has. Log in again; if that doesn't help, tell your administrator."
  static let tooWeak = "This needs a stronger proof of who you are than your account can give. Ask your administrator."
  static let tooOld = "It is too long ago that you proved who you are. Sign in again."
  static let signInAgain =
    "Your last sign-in with a password on this machine is too long ago: sign in with it once, then this works again."
  static let failed = "Signing in doesn't work on this machine right now. Tell your administrator."
  static let mustChange = "Your password is temporary: choose a new one."
  static let chooseAnother = "Choose another password."
  static let sameAsBefore = "The new password is the current one."
  static let justTyped = "The new password is one that you just typed."
  static let passwordChanged = "Your password is changed, everywhere that you sign in with it."
  static let setUpAuthenticator =
    "You need an authenticator app to sign in. Add this key to it, then type the code that it shows."

  static func wait(_ seconds: Int64) -> String {
    let time = seconds < 120 ? "\(seconds) second\(seconds == 1 ? "" : "s")" : "\((seconds + 59) / 60) minutes"
    return "Too many failed attempts. Wait \(time), then try again."
  }

  static func sentCodePrompt(medium: String, destination: String?) -> String {
    printable("Code sent by \(medium)\(destination.map { " to \($0)" } ?? ""): ")
  }

  static func choicePrompt(_ options: [String]) -> String {
    let lines = options.enumerated().map { "  \($0.offset + 1). \($0.element)" }
    return printable(lines.joined(separator: "\n") + "\nHow do you want to prove who you are? [1-\(options.count)]: ")
  }

  /// The pool's own words (a password policy), shortened and with nothing that could move a cursor.
  static func printable(_ text: String) -> String {
    let shown = SystemSupport.printable(text, maximum: 1000, keepsLines: true)
    return shown.isEmpty ? "?" : shown
  }

  /// A required attribute, as a question.
  static func attributePrompt(_ name: String) -> String {
    let words = name.split(separator: ":").last.map(String.init) ?? name
    let text = printable(words.split(separator: "_").joined(separator: " "))
    return text.prefix(1).uppercased() + text.dropFirst() + ": "
  }
}
