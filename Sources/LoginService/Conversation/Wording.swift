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
  static let noFactor =
    "Your account needs a second factor of a kind that can't be used here. Set another one up, or ask your administrator."
  static let unsendable = "The code can't be sent to you now. Try again in a moment, or tell your administrator."
  static let resetHere = "Your password has to be reset before you can sign in."
  static let cannotReset = "Your password can't be reset here. Ask your administrator."
  static let unconfirmedHere = "Your account isn't confirmed yet."
  static let resetCodePrompt = "Code to reset the password (empty: have one sent): "
  static let sentCodePrompt = "Code that was sent to you: "
  static let confirmationPrompt = "Code that was sent to you when you signed up (empty: have another one sent): "
  static let wrongSentCode = "That code is wrong or too old."
  static let addressPrompt = "E-mail address that codes shall go to: "
  static let wrongAddress = "Codes can't be sent to that address."
  static let rememberPrompt = "Ask for no code for 30 days when you sign in here from the same place? [y/N]: "
  static let nothingTyped = "You typed nothing."
  static let mustChange = "Your password is temporary: choose a new one."
  static let chooseAnother = "Choose another password."
  static let sameAsBefore = "The new password is the current one."
  static let justTyped = "The new password is one that you just typed."
  static let passwordChanged = "Your password is changed, everywhere that you sign in with it."
  static let setUpAuthenticator =
    "You need an authenticator app to sign in. Add this account to it, then type the code that it shows."

  static func key(_ key: String) -> String { "Key to type instead: \(key)" }

  static func setUpPrompt(key: String) -> String {
    "You need an authenticator app. Add the key \(key) to it, then type the code that it shows: "
  }

  /// A refusal, where there is nothing that shows it but a prompt.
  static func lastWords(_ text: String) -> String { "\(text)\nPress Enter to end: " }

  static func wait(_ seconds: Int64) -> String {
    let time = seconds < 120 ? "\(seconds) second\(seconds == 1 ? "" : "s")" : "\((seconds + 59) / 60) minutes"
    return "Too many failed attempts. Wait \(time), then try again."
  }

  static func sentCodePrompt(medium: String, destination: String?) -> String {
    printable("Code sent by \(medium)\(destination.map { " to \($0)" } ?? ""): ")
  }

  static func choicePrompt(_ options: [String]) -> String { list(options, "How do you want to prove who you are?") }

  static func setUpPrompt(_ options: [String]) -> String {
    list(options, "You need a second factor to sign in. Which one do you want to set up?")
  }

  private static func list(_ options: [String], _ question: String) -> String {
    let lines = options.enumerated().map { "  \($0.offset + 1). \($0.element)" }
    return printable(lines.joined(separator: "\n") + "\n\(question) [1-\(options.count)]: ")
  }

  /// The pool's own words (a password policy), shortened and with nothing that could move a cursor.
  static func printable(_ text: String) -> String {
    let shown = SystemSupport.printable(text, maximum: 1000, keepsLines: true)
    return shown.isEmpty ? "?" : shown
  }

  /// A required attribute, as a question, with the form that the pool takes where it has one.
  static func attributePrompt(_ name: String) -> String {
    let form: String? =
      switch name {
      case "phone_number": "as +441234567890"
      case "birthdate": "as 1990-12-31"
      case "email": "as ada@example.com"
      default: nil
      }
    let words = name.split(separator: ":").last.map(String.init) ?? name
    let text = printable(words.split(separator: "_").joined(separator: " "))
    return text.prefix(1).uppercased() + text.dropFirst() + (form.map { " (\($0))" } ?? "") + ": "
  }
}
