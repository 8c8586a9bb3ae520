import Labels
import Tables

/// What a `LabelCollector` makes of all rows.
struct CollectedLabels {
    let targets: Targets
    let labelSpace: LabelSpace
    var origins = LabelOrigins()
    /// What is worth knowing about the labels but no error.
    var notices: [String] = []
}

/// How a dataset came by its labels.
public struct LabelOrigins: Equatable, Sendable {
    /// Whether the dataset's description lists them (by `names`, columns or bins), so that one that train lacks is no
    /// misspelling.
    public var areListed = true
    /// Where each label stands first; empty where they are listed. Shape: [K].
    public var firstPlaces: [DataPlace] = []
    /// Whether labels may stand in validation or test that train does not have.
    public var allowsUnseen = false

    /// Whether binary or multiclass was told by the number of labels alone.
    public var isKindInferred = false

    public init() {}
}
