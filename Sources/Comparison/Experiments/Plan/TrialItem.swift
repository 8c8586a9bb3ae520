import Results

/// A trial of a search as an item of the plan: any process may execute it, and the work item of its contestant comes after
/// all of its trials.
///
/// What it leaves is its `TrialRecord`, in the work folder of that item.
struct TrialItem: Sendable {
    /// Where a trial stands in its search.
    enum Place: Equatable, Sendable {
        /// The entry without its search.
        case `default`
        /// Those of the first rung are independent; those of a later one come after all of the rung before it.
        case rung(Int, number: Int)

        /// Whether it depends on no other trial.
        var isIndependent: Bool { rung ?? 0 == 0 }

        fileprivate var rung: Int? {
            switch self {
            case .default: nil
            case .rung(let rung, _): rung
            }
        }
    }

    let search: ItemSearch
    let place: Place
    /// As the report counts the trials of the search, from 1; 0 for the default.
    let number: Int

    /// Whether another trial of the same item must be done before.
    func comes(after other: TrialItem) -> Bool {
        guard search.store.root == other.search.store.root, let own = place.rung,
            let before = other.place.rung
        else { return false }
        return before < own
    }

    /// Whether it left what it was to leave, or there is nothing to be fitted at its place.
    var isStored: Bool {
        get throws {
            switch try search.trial(at: place) {
            case .trial(let trial): search.store.record(of: trial) != nil
            case .none: true
            case .unknown: false
            }
        }
    }

    /// What it left; nil where it is not stored.
    var record: TrialRecord? {
        get throws {
            guard case .trial(let trial) = try search.trial(at: place) else { return nil }
            return search.store.record(of: trial)
        }
    }

    /// The names of the searched keys with their values, as the experiment file spells them; nil for the default, and where
    /// it is not known yet what the trial is, or there is none.
    var settings: [(key: String, value: String)]? {
        get throws {
            guard case .trial(let trial) = try search.trial(at: place), let combination = trial.combination
            else { return nil }
            let own = search.classifier.search
            return zip(own.axes, own.values(of: combination)).map { ($0.name, $1.canonicalText) }
        }
    }

    /// The same after the name, such as `, C 0.1, max-features 5000`; empty where there are none.
    var settingsText: String {
        get throws { try settings.map { $0.map { ", \($0.key) \($0.value)" }.joined() } ?? "" }
    }

    /// The name in words, without the contestant's.
    var name: String {
        let task = search.isOfOneTask ? search.runs[0].task.name.map { " on \($0)" } : nil
        return (number == 0 ? "default of the search" : "trial \(number) of \(search.trialCount)")
            + (task ?? "")
    }
}
