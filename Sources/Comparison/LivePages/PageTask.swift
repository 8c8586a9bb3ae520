import Experiments
import Labels

/// Models that decide between the same labels.
struct PageTask: Sendable {
    /// Nil where there is one.
    let name: String?
    let labelSpace: LabelSpace
    let contestants: [PageContestant]
}

/// A model under the name that the page has for it.
struct PageContestant: Sendable {
    let id: String
    let model: SavedModel

    func hasSameLabels(as other: PageContestant) -> Bool {
        let (own, others) = (model.labelSpace, other.model.labelSpace)
        return own.kind == others.kind && own.names == others.names
    }
}
