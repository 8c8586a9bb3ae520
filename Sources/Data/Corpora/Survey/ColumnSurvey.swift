import Labels
import Tables

/// What a column of a table holds, as far as it tells what the column is for.
public struct ColumnSurvey: Sendable {
    /// What the column is asked for by: its name, or its number where it has none of its own.
    public internal(set) var name: String
    /// Rows with something in it, and rows without.
    public private(set) var filled = 0
    public private(set) var missing = 0
    /// Values that are numbers; whole numbers; 0, 1, false or true; dates.
    private var numbers = 0
    private var wholeNumbers = 0
    private var truths = 0
    private var dates = 0
    /// Values that are lists: JSON's, Parquet's, or texts that Python or JSON spelled.
    public private(set) var lists = 0
    private var words = 0
    private var characters = 0
    /// How many values there are of each; nil where there are more than `valueLimit` distinct ones.
    public private(set) var counts: [String: Int]? = [:]
    /// Hashes of all values, to tell how many are distinct.
    private var hashes = Set<Int>()

    public static let valueLimit = 2000

    init(name: String) { self.name = name }

    mutating func add(_ cell: Cell) {
        switch cell {
        case .missing: missing += 1
        case .list(let items):
            filled += 1
            lists += 1
            count(items.joined(separator: LabelSchema.defaultSeparator))
        case .text(let text):
            let text = trimmed(text)
            if text.unicodeScalars.allSatisfy(isWhiteSpace) { return missing += 1 }
            filled += 1
            let scan = WordScan(text)
            words += scan.words
            characters += scan.characters
            if scan.words == 1 { addWord(text) }
            if text.hasPrefix("["), text.hasSuffix("]") { lists += 1 }
            if ColumnSurvey.isDate(text) { dates += 1 }
            count(text)
        }
    }

    private mutating func addWord(_ text: String) {
        if let number = decimalNumber(text) {
            numbers += 1
            if number == number.rounded() { wholeNumbers += 1 }
        }
        if IndicatorLabels.truth(text) != nil { truths += 1 }
    }

    private mutating func count(_ text: String) {
        hashes.insert(text.hashValue)
        counts?[text, default: 0] += 1
        if counts?.count ?? 0 > ColumnSurvey.valueLimit { counts = nil }
    }

    /// A date such as 2024-05-31 or 31/05/2024, with or without a time.
    private static func isDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8.prefix(10))
        guard bytes.count >= 8, let first = bytes.first, (0x30...0x39).contains(first) else { return false }
        let parts = bytes.split { !(0x30...0x39).contains($0) }
        let separators = bytes.filter { !(0x30...0x39).contains($0) }
        guard parts.count == 3, separators.count == 2, separators[0] == separators[1],
            "-/.".utf8.contains(separators[0])
        else { return false }
        return parts[0].count == 4 || parts[2].count == 4
    }

    // MARK: What it seems to be

    /// How many values are distinct.
    public var distinct: Int { hashes.count }
    public var isNumeric: Bool { filled > 0 && numbers == filled }
    public var isWhole: Bool { filled > 0 && wholeNumbers == filled }
    public var isDates: Bool { filled > 0 && dates * 10 >= filled * 9 }
    public var isLists: Bool { filled > 0 && lists * 10 >= filled * 9 }
    /// Every value is 0 or 1, false or true, and both occur.
    public var isIndicator: Bool { filled > 0 && truths == filled && distinct > 1 }
    public var isUnique: Bool { filled > 1 && missing == 0 && distinct == filled }
    public var meanWords: Double { Double(words) / Double(max(1, filled)) }
    public var meanCharacters: Double { Double(characters) / Double(max(1, filled)) }

    /// Whether rows have few values, so that these may be classes.
    public var isCategory: Bool {
        guard let counts, distinct >= 2, distinct * 2 <= max(filled, 4),
            counts.count <= ColumnSurvey.valueLimit,
            !isDates, !isLists
        else { return false }
        if isNumeric { return isWhole && distinct <= 20 }
        return meanWords <= 6
    }

    /// Whether rows have texts of several words that are mostly their own.
    public var isText: Bool {
        !isNumeric && !isDates && !isLists && meanWords >= 2 && distinct * 2 >= filled && filled > 0
    }
}

/// How many words and characters a text has.
private struct WordScan {
    var words = 0
    var characters = 0

    init(_ text: String) {
        var isInWord = false
        for scalar in text.unicodeScalars {
            characters += 1
            if isWhiteSpace(scalar) {
                isInWord = false
            } else if !isInWord {
                words += 1
                isInWord = true
            }
        }
    }
}
