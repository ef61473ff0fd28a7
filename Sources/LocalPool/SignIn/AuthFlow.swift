/// `AuthFlowType`.
enum AuthFlow: String, Codable, Sendable, CaseIterable {
  case userSRP = "USER_SRP_AUTH"
  case refreshTokenAuth = "REFRESH_TOKEN_AUTH"
  case refreshToken = "REFRESH_TOKEN"
  case custom = "CUSTOM_AUTH"
  case adminNoSRP = "ADMIN_NO_SRP_AUTH"
  case userPassword = "USER_PASSWORD_AUTH"
  case adminUserPassword = "ADMIN_USER_PASSWORD_AUTH"
  case userAuth = "USER_AUTH"

  /// The member of ExplicitAuthFlows that allows it.
  var permission: String {
    switch self {
    case .userSRP: "ALLOW_USER_SRP_AUTH"
    case .refreshTokenAuth, .refreshToken: "ALLOW_REFRESH_TOKEN_AUTH"
    case .custom: "ALLOW_CUSTOM_AUTH"
    case .adminNoSRP, .adminUserPassword: "ALLOW_ADMIN_USER_PASSWORD_AUTH"
    case .userPassword: "ALLOW_USER_PASSWORD_AUTH"
    case .userAuth: "ALLOW_USER_AUTH"
    }
  }

  var isForAdmins: Bool { self == .adminNoSRP || self == .adminUserPassword }
}
