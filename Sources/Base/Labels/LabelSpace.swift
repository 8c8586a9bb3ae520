/// How many labels a row carries.
public enum LabelKind: String, Codable, Sendable, CaseIterable {
    /// One of two classes; the second is the positive one.
    case binary
    /// One of three or more classes (a single-label task with any number of names).
    case multiclass
    /// Any number of labels, none included.
    case multilabel
}

/// The label names of a task, in their fixed order, and how many of them a row carries.
///
/// Every K-wide array of the project (targets, logits, probabilities, per-label scores) follows
/// the order of `names`.
public struct LabelSpace: Hashable, Codable, Sendable {
    /// Binary, multiclass or multilabel.
    public let kind: LabelKind
    /// The K names: unique, none empty.
    public let names: [String]
    /// Whether the names stand in an order that means something, from least to most, such as grades.
    public var isOrdinal = false
    /// What it costs to predict a label in place of the gold one, where anybody said. Shape: [K][K], a row for each gold
    /// label.
    public var costs: [[Double]]?

    /// - Throws: `LabelError` when a name is empty, repeated, contains `|` (which joins names in our files) or is another
    ///   spelling of the same label (see `LabelSpelling`), or when there are too few names for the kind.
    public init(kind: LabelKind, names: [String]) throws(LabelError) {
        var seen = Set<String>()
        var spellings: [String: String] = [:]
        for name in names {
            if name.isEmpty { throw .emptyName }
            if name.contains("|") { throw .reservedCharacter(name: name) }
            if !seen.insert(name).inserted { throw .repeatedName(name) }
            if let first = spellings.updateValue(name, forKey: LabelSpelling.canonical(name)) {
                throw .sameLabel(first, name)
            }
        }
        let least = kind == .multilabel ? 1 : 2
        if names.count < least { throw .tooFewNames(kind: kind, names: names) }
        if kind == .binary && names.count != 2 { throw .notTwoNames(names) }
        self.kind = kind
        self.names = names
    }

    /// K, the number of labels.
    public var count: Int { names.count }

    /// The index of each name.
    public var indices: [String: Int] {
        Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    /// Labels as a cell of our files has them: their names, joined by `|`.
    package func cell(_ labels: [Int]) -> String { labels.map { names[$0] }.joined(separator: "|") }
}

/// As JSON `kind` and `names`, and what else is there.
extension LabelSpace {
    private enum CodingKeys: String, CodingKey { case kind, names, ordinal, costs }

    /// - Throws: What the other initializer throws, so that no file brings names that a program could not.
    public init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            kind: try object.decode(LabelKind.self, forKey: .kind),
            names: try object.decode([String].self, forKey: .names))
        isOrdinal = try object.decodeIfPresent(Bool.self, forKey: .ordinal) ?? false
        costs = try object.decodeIfPresent([[Double]].self, forKey: .costs)
        if let costs,
            costs.count != names.count
                || costs.contains(where: { $0.count != names.count || !$0.allSatisfy(\.isFinite) })
        {
            throw DecodingError.dataCorruptedError(
                forKey: .costs, in: object, debugDescription: "expected a row and a column for each label")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(kind, forKey: .kind)
        try object.encode(names, forKey: .names)
        if isOrdinal { try object.encode(true, forKey: .ordinal) }
        try object.encodeIfPresent(costs, forKey: .costs)
    }
}

/// What can be wrong with label names.
public enum LabelError: Error, Equatable, Sendable {
    case emptyName
    case reservedCharacter(name: String)
    case repeatedName(String)
    /// Two spellings of one label, such as `1` and `1.0`.
    case sameLabel(String, String)
    case tooFewNames(kind: LabelKind, names: [String])
    case notTwoNames([String])
}

extension LabelError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .emptyName:
            "a label name is empty"
        case .reservedCharacter(let name):
            "label name '\(shortened(name))' contains '|', which joins label names in files"
        case .repeatedName(let name):
            "label name '\(shortened(name))' occurs twice"
        case .sameLabel(let first, let second):
            "label names '\(shortened(first))' and '\(shortened(second))' are the same label"
        case .tooFewNames(let kind, let names):
            "a \(kind.rawValue) task needs \(kind == .multilabel ? "at least 1 label" : "at least 2 labels"), "
                + "found \(names.count): \(shortList(names))"
        case .notTwoNames(let names):
            "a binary task needs exactly 2 labels, found \(names.count): \(shortList(names))"
        }
    }
}

/// A few label names; beyond that nobody reads on.
private func shortList(_ names: [String]) -> String {
    let most = 4
    return names.prefix(most).map(shortened).joined(separator: ", ") + (names.count > most ? ", ..." : "")
}
