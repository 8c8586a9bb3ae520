/// The labels of a column, found one after another: all spellings of a label get the same code.
public struct LabelVocabulary: Sendable {
    /// The distinct spellings of each label, in order of occurrence. Shape: [codes].
    private var spellings: [[String]] = []
    private var codeOfSpelling: [String: Int] = [:]
    private var codeOfCanonical: [String: Int] = [:]
    private let ignoresCase: Bool

    /// - Parameter ignoresCase: Whether labels that differ in case, spacing or hyphens alone are the same.
    public init(ignoresCase: Bool = false) {
        self.ignoresCase = ignoresCase
    }

    /// How many labels there are.
    public var count: Int { spellings.count }

    /// The label's code: a new one, `count`, the first time.
    public mutating func code(of spelling: String) -> Int {
        if let code = codeOfSpelling[spelling] { return code }
        let canonical = LabelSpelling.canonical(spelling)
        let key = ignoresCase ? LabelSpelling.folded(canonical) : canonical
        let code = codeOfCanonical[key] ?? spellings.count
        if code == spellings.count {
            codeOfCanonical[key] = code
            spellings.append([])
        }
        spellings[code].append(LabelSpelling.trimmed(spelling))
        codeOfSpelling[spelling] = code
        return code
    }

    /// A spelling of the label.
    public func spelling(ofCode code: Int) -> String { spellings[code][0] }

    /// What each label is called: as it is spelled, or by its canonical spelling where there are several.
    public var names: [String] {
        spellings.map { spellings in
            Set(spellings).count == 1 || ignoresCase && LabelSpelling.numericValue(spellings[0]) == nil
                ? spellings[0] : LabelSpelling.canonical(spellings[0])
        }
    }

    /// The first two labels that are perhaps the same.
    public var undecided: (Int, Int)? {
        var codes: [String: Int] = [:]
        var firstTruth: Int?
        var zeroOrOne: Int?
        for code in spellings.indices {
            guard let number = LabelSpelling.numericValue(spellings[code][0]) else { continue }
            if let other = codes.updateValue(code, forKey: number) { return (other, code) }
            if LabelSpelling.truthValue(spellings[code][0]) != nil {
                firstTruth = firstTruth ?? code
            } else if number == "0" || number == "1" {
                zeroOrOne = zeroOrOne ?? code
            }
        }
        if let firstTruth, let zeroOrOne {
            return (min(firstTruth, zeroOrOne), max(firstTruth, zeroOrOne))
        }
        return nil
    }

    /// What a reader should look at: labels that differ in case, spacing or hyphens alone, and words that other programs
    /// write for a value that is missing.
    public var notices: [String] {
        var notices: [String] = []
        var codes: [String: Int] = [:]
        for (code, spellings) in spellings.enumerated() {
            let name = spellings[0]
            if let first = codes[LabelSpelling.folded(name)] {
                notices.append(
                    "labels '\(shortened(self.spellings[first][0]))' and '\(shortened(name))' differ in case, spacing or hyphens "
                        + "alone and are told apart; 'labels: {ignore-case: true}' makes them one")
            } else {
                codes[LabelSpelling.folded(name)] = code
            }
            if LabelSpelling.isMissingWord(name) {
                notices.append(
                    "'\(name)' is read as a label; if it stands for a missing one, set 'labels: {missing: [\(name)]}'"
                )
            }
        }
        // Beyond a handful nobody reads on.
        let most = 5
        return notices.count <= most
            ? notices : notices.prefix(most) + ["\(notices.count - most) more notices of that kind"]
    }
}

/// At most 40 characters of a label.
func shortened(_ name: String) -> String {
    name.count > 40 ? name.prefix(37) + "..." : name
}
