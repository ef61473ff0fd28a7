/// The helper protocols, by the name of the program that a client runs. One program answers for all of them.
package enum HelperName: String, CaseIterable, Sendable {
  case git
  case docker

  /// - Parameter path: the name that the program was started by (`argv[0]`)
  package init?(programPath path: String) {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
    guard let match = Self.allCases.first(where: { $0.programName == name }) else { return nil }
    self = match
  }

  package var programName: String { "\(rawValue)-credential-cognito" }

  package var type: any CredentialHelper.Type {
    switch self {
    case .git: GitCredentialHelper.self
    case .docker: DockerCredentialHelper.self
    }
  }

  /// More than any request that is answered.
  package static let maximumInputBytes = 262_144
}
