import SettingKeys

/// A family whose contestants are or may be features and a learner, with a search of its own over the settings of both.
///
/// That search computes features once for all candidates that share them. It is done where `search:` says only what is tried;
/// one with a `method` or a `budget` is `SearchedContestant`'s.
protocol FeatureSearching: Contestant {
    /// The settings of features and learner in an entry without its search; nil where it is something else.
    static func featureSettings(_ entry: SettingsMapping) throws -> FeatureSettings?
}
