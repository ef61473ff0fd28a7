import Cognito

/// What a pool calls the four levels.
enum AcrNames {
  static let levels = 1...4

  /// `AcrConfiguration` as AWS shows it: every level, those without a name of the pool's own by the service's.
  static func json(of settings: PoolSettings) -> JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: levels.map { level in
          ("Level\(level)", ["AcrValue": .string(settings.acrNames[level - 1])])
        }))
  }

  static func check(_ settings: PoolSettings) throws(PoolException) {
    guard !(settings.acrConfiguration ?? [:]).isEmpty else { return }
    guard settings.hasEssentials else { throw .featureUnavailable("AcrConfiguration") }
    guard Set(settings.acrNames).count == levels.count else {
      throw .invalidParameter("Each AcrValue must be unique across all levels, the default names included.")
    }
  }
}

extension PoolSettings {
  /// The names of levels 1 to 4.
  var acrNames: [String] {
    AcrNames.levels.map { acrConfiguration?["Level\($0)"]?.acrValue ?? "urn:cognito:loa:\($0)" }
  }

  /// Whether the pool's plan has what the two upper ones have.
  var hasEssentials: Bool { userPoolTier != "LITE" }
}

extension PoolException {
  /// - Parameter feature: what was asked for.
  static func featureUnavailable(_ feature: String) -> Self {
    Self("FeatureUnavailableInTierException", "\(feature) requires the user pool to be in the Essentials or Plus tier.")
  }
}
