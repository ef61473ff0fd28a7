/// SetUserSettings' way to turn codes by SMS on and off, which AWS keeps for old clients.
enum OldMFAOptions {
  /// The listed options are on, SMS alone being possible; an empty list turns it off.
  static func apply(_ input: OperationInput, to user: inout UserRecord) throws {
    let options = try input.objects("MFAOptions")
    for option in options {
      guard try option.string("DeliveryMedium") == "SMS", try option.string("AttributeName") == "phone_number" else {
        throw PoolException.invalidParameter("Only SMS to phone_number can be set; see SetUserMFAPreference.")
      }
    }
    guard options.isEmpty || user["phone_number"] != nil else {
      throw PoolException.invalidParameter("User does not have delivery config set to turn on SMS_MFA")
    }
    user.mfa.smsEnabled = !options.isEmpty
    if options.isEmpty, user.mfa.preferred == "SMS_MFA" { user.mfa.preferred = nil }
  }
}
