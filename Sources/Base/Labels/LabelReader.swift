/// Finds the label that a spelling means among names that are known.
///
/// A spelling is a name if it is the same label (see `LabelSpelling`), or the only name that is perhaps the same; then,
/// where that is asked for and no name is a number, the number of a name, from 0, or one of two names as a truth value.
public struct LabelReader: Sendable {
    /// The K names in their order.
    public let names: [String]
    private let exact: [String: Int]
    private let byCanonical: [String: Int]
    /// Names by their number's value; those that share one are left out.
    private let byNumber: [String: Int]
    private let byFold: [String: Int]
    private let countsNames: Bool

    /// - Parameters:
    ///   - countsNames: Whether a number may stand for the name of that number.
    ///   - ignoresCase: Whether case, spacing and hyphens do not count where that leaves one name.
    public init(_ names: [String], countsNames: Bool = false, ignoresCase: Bool = false) {
        self.names = names
        func unique(_ key: (String) -> String?) -> [String: Int] {
            var found: [String: Int] = [:]
            var repeated = Set<String>()
            for (index, name) in names.enumerated() {
                guard let key = key(name) else { continue }
                if found.updateValue(index, forKey: key) != nil { repeated.insert(key) }
            }
            return found.filter { !repeated.contains($0.key) }
        }
        exact = unique { $0 }
        byCanonical = unique(LabelSpelling.canonical)
        byNumber = unique(LabelSpelling.numericValue)
        byFold = ignoresCase ? unique(LabelSpelling.folded) : [:]
        self.countsNames = countsNames && names.allSatisfy { LabelSpelling.numericValue($0) == nil }
    }

    /// The index of the name that `spelling` means, if it means one.
    public func index(of spelling: String) -> Int? {
        if let index = exact[spelling] { return index }
        if let index = byCanonical[LabelSpelling.canonical(spelling)] { return index }
        if let number = LabelSpelling.numericValue(spelling) {
            if let index = byNumber[number] { return index }
            guard countsNames else { return nil }
            let isTruth = LabelSpelling.truthValue(LabelSpelling.trimmed(spelling)) != nil
            guard !isTruth || names.count == 2, let value = Double(number), let index = Int(exactly: value),
                names.indices.contains(index)
            else { return nil }
            return index
        }
        return byFold.isEmpty ? nil : byFold[LabelSpelling.folded(spelling)]
    }

    /// Whether numbers stand for names, which a message should then say.
    public var readsNumbers: Bool { countsNames }
}
