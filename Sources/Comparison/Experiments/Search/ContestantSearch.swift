import DeterministicWork
import Evaluation
import Results
import SettingKeys

/// What `search:` says of a contestant of any family: the keys with the values to try, how many combinations are tried, and the
/// metric on validation that chooses.
struct ContestantSearch: Sendable {
    /// A key that is searched.
    struct Axis: Sendable {
        /// As a report names it.
        let name: String
        /// Where it stands in the entry.
        let path: [String]
        /// At least one, each once.
        let values: [Setting]
    }

    let method: SearchRecord.Method
    let selection: Selection
    let metric: MetricName
    let budget: Int?
    let axes: [Axis]
    /// How many combinations of values there are; they are numbered from 0, the last axis counting fastest.
    let combinations: Int

    /// Reads `{training.learning-rate: [1e-5, 1e-4], training.epochs: [2, 4], metric: f1-macro, method: random, budget: 3}`.
    init(_ setting: Setting, _ paths: SearchPaths) throws {
        let mapping = try setting.mappingWithAnyKeys()
        let keys = try SearchKeys.keys.readOwn(mapping)
        (method, metric, budget) = (keys.method, keys.metric, keys.budget)
        selection = Selection(by: keys.metric)
        axes = try mapping.removing(SearchKeys.keys.names).entries.flatMap {
            try ContestantSearch.axes($0.key, $0.value, paths)
        }
        guard !axes.isEmpty else {
            throw setting.badValue(
                expected: "a list of values for one setting at least, such as C: [0.1, 1, 10]")
        }
        for (index, axis) in axes.enumerated() where axes[..<index].contains(where: { $0.path == axis.path })
        {
            throw setting.badValue(expected: "each setting once, but '\(axis.name)' is there twice")
        }
        let limit = 1 << 53
        var combinations = 1
        for axis in axes {
            let (product, isTooLarge) = combinations.multipliedReportingOverflow(by: axis.values.count)
            if isTooLarge || product > limit { throw setting.badValue(expected: "fewer combinations") }
            combinations = product
        }
        self.combinations = combinations
        switch method {
        case .grid:
            let most = budget ?? SearchKeys.maxTrials
            if combinations > most {
                throw (keys.setting(\.budget) ?? setting).badValue(
                    expected:
                        "at least the grid's \(combinations) combinations; fewer are tried by method random or halving"
                )
            }
        case .random:
            if budget == nil { throw mapping.missing(SearchKeys.keys.name(of: \.budget)) }
        case .halving:
            if budget == nil, combinations > SearchKeys.maxTrials {
                throw setting.badValue(
                    expected: "a budget, since the grid has \(combinations) combinations")
            }
        }
    }

    /// A list of values is a key's; a mapping has keys that stand below.
    private static func axes(
        _ key: String, _ value: Setting, _ paths: SearchPaths
    ) throws(SettingsError) -> [Axis] {
        if case .mapping(let entries) = value.value {
            var axes: [Axis] = []
            for entry in entries { axes += try self.axes("\(key).\(entry.key)", entry.value, paths) }
            return axes
        }
        let path = try paths.path(of: key, value)
        let values = try value.list()
        if values.isEmpty { throw value.badValue(expected: "a list of values, one at least") }
        try requireDistinct(values)
        return [Axis(name: paths.name(of: path), path: path, values: values)]
    }

    // MARK: Combinations

    /// The value of each key.
    func values(of combination: Int) -> [Setting] {
        var rest = combination
        var values: [Setting] = []
        for axis in axes.reversed() {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: axis.values.count)
            values.append(axis.values[remainder])
            rest = quotient
        }
        return values.reversed()
    }

    /// The entry with a combination's values in their places.
    /// - Throws: `.badValue` where an entry says something else where a value should go.
    func settings(_ entry: SettingsMapping, _ combination: Int) throws(SettingsError) -> SettingsMapping {
        var settings = entry
        for (axis, value) in zip(axes, values(of: combination)) {
            settings = try settings.setting(axis.path[...], to: value)
        }
        return settings
    }

    /// The combinations by which every value is known to be possible, before anything is fitted: all that there are, or, where
    /// those are too many, each value once beside the first of all other keys.
    var checkedCombinations: [Int] {
        if combinations <= SearchKeys.maxTrials { return Array(0..<combinations) }
        var checked = [0]
        var stride = 1
        for axis in axes.reversed() {
            checked += (1..<max(1, axis.values.count)).map { $0 * stride }
            stride *= axis.values.count
        }
        return checked
    }

    /// The combinations that are tried, ascending: all, or as many as the budget has, drawn without repetition.
    func drawn(seed: UInt64) -> [Int] {
        guard let budget, budget < combinations else { return Array(0..<combinations) }
        var random = RandomStream(seed: seed, for: .searchTrials)
        var drawn: Set<Int> = []
        while drawn.count < budget { drawn.insert(random.next(below: combinations)) }
        return drawn.sorted()
    }

    // MARK: Words

    /// How many combinations are tried.
    private var trialCount: Int { min(budget ?? combinations, combinations) }

    var summary: String {
        let how =
            switch method {
            case .grid: "\(trialCount) settings"
            case .random: "\(trialCount) random settings, of \(combinations),"
            case .halving: "\(trialCount) settings, by halving,"
            }
        return
            "best of \(how) of \(axes.map(\.name).joined(separator: ", ")) by \(selection.name) on validation"
    }
}

/// Throws where a value of a searched key is there twice.
func requireDistinct(_ values: [Setting]) throws(SettingsError) {
    for (index, item) in values.enumerated()
    where values[..<index].contains(where: { $0.canonicalText == item.canonicalText }) {
        throw item.badValue(expected: "each value once")
    }
}

extension SettingsMapping {
    /// This mapping with a value at a path, on which mappings are made where there are none.
    fileprivate func setting(
        _ path: ArraySlice<String>, to value: Setting
    ) throws(SettingsError) -> SettingsMapping {
        guard let key = path.first, let next = path.dropFirst().first else {
            return path.first.map { replacing($0, with: value) } ?? self
        }
        let whole = setting.key.isEmpty ? key : "\(setting.key).\(key)"
        let empty = Setting(key: whole, place: value.place, value: .mapping([]))
        let there = self[key] ?? empty
        let inner: Setting
        switch there.value {
        case .mapping: inner = there
        // A name alone is a mapping of it, as `learner: svm` is.
        case .scalar(let name, _) where name == next: inner = empty
        case .null, .scalar, .list:
            throw value.badValue(
                expected: "a value of something that the entry has; its '\(key)' has no '\(next)'")
        }
        return replacing(
            key, with: try inner.mappingWithAnyKeys().setting(path.dropFirst(), to: value).setting)
    }
}
