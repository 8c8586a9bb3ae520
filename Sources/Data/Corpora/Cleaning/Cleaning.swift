/// What is done to a dataset before it is split: the `clean:` of an experiment. Every step is off unless asked for, and
/// counted when it is on.
///
/// Steps are taken in the order of the properties. Text is changed before anything else looks at it.
public struct Cleaning: Equatable, Sendable {
    // Row by row, while reading.
    /// How many rows are drawn, of those of all files; no others are held, so that files may be of any size.
    public var randomRows: Int?
    /// References such as `&amp;` become the characters that they mean.
    public var decodesEntities = false
    public var normalForm: NormalForm?
    /// Columns of labels that are left out of a range of columns.
    public var droppedColumns: [String] = []
    /// Rows in which one of these columns is true are left out.
    public var flagColumns: [String] = []
    public var missing = MissingRows.refused

    // When all rows are there.
    public var length: LengthLimit?
    public var conflicts = false
    public var duplicates: Duplicates?
    /// What happens to classes with few rows.
    public var rareClasses: RareClasses?
    /// The most rows of a class; which ones is random.
    public var perClass: Int?
    public var sample: Sample?
    /// Of what is random.
    public var seed: UInt64 = SplitPlan.defaultSeed

    public enum NormalForm: String, CaseIterable, Sendable {
        case nfc, nfkc
    }

    /// How many words a text may have.
    public enum LengthLimit: Equatable, Sendable {
        /// From Q1 - 1.5 (Q3 - Q1) to Q3 + 1.5 (Q3 - Q1), Tukey's fences; quartiles as NumPy's `percentile`.
        case interquartile
        case words(ClosedRange<Int>)
    }

    public enum Duplicates: String, CaseIterable, Sendable {
        /// Equal in lower case with white space collapsed; the first row stays.
        case equal
        /// Near as well (see `TextGroups`).
        case near
    }

    /// Classes that have fewer rows than `minRows`, official parts together.
    public struct RareClasses: Equatable, Sendable {
        public var minRows: Int
        public var handling: Handling

        public enum Handling: String, CaseIterable, Sendable {
            /// Their rows are left out; of rows with several labels the rare ones alone, and rows that had no others.
            case drop
            /// They become one class, `other`.
            case other
        }

        public init(minRows: Int, handling: Handling) {
            self.minRows = minRows
            self.handling = handling
        }
    }

    /// A stratified random sample.
    public enum Sample: Equatable, Sendable {
        /// Of all rows; official parts keep their shares.
        case rows(Int)
        /// Of each official part; a part that is not named stays whole.
        case parts([Part: Int])
    }

    public init() {}
}
