import Results

/// The most frequent confusions of a contestant, each with the first of its rows, which a page opens.
package struct ConfusionCells: Equatable, Sendable {
    /// A gold label that was missed where another one was given.
    package struct Cell: Equatable, Sendable {
        package let gold: Int
        package let predicted: Int
        /// How many rows there are.
        package let count: Int
        /// The first of them.
        package let rows: [Row]
    }

    /// A row that was confused.
    package struct Row: Equatable, Sendable {
        package let id: String
        /// Its beginning; nil where the run does not allow quotes.
        package let text: String?
    }

    /// Confusions of a contestant, and rows of each, at most, so that a page stays small.
    package static let maxCells = 20
    package static let maxRows = 10
    /// Characters of a quoted text, at most.
    private static let maxQuoted = 100

    /// The contestant's id.
    package let contestant: String
    package let labels: [String]
    /// How many different confusions there are.
    package let cellCount: Int
    /// The most frequent ones first.
    package let cells: [Cell]
    /// Whether each row has one label, so that a matrix of confusions stands before.
    package let hasMatrix: Bool

    /// Nil where nothing is confused.
    /// - Parameter texts: Of rows by id; nil where the run does not allow quotes.
    package init?(_ predictions: Predictions, of contestant: String, texts: [String: String]?) {
        let all = predictions.confusedRows
        if all.isEmpty { return nil }
        self.contestant = contestant
        labels = predictions.labelSpace.names
        hasMatrix = predictions.labelSpace.kind != .multilabel
        cellCount = all.count
        cells = all.prefix(ConfusionCells.maxCells).map { confused in
            Cell(
                gold: confused.gold, predicted: confused.predicted, count: confused.rows.count,
                rows: confused.rows.prefix(ConfusionCells.maxRows).map { row in
                    let id = predictions.ids[row]
                    return Row(
                        id: id,
                        text: texts?[id].map { Wording.shortened($0, to: ConfusionCells.maxQuoted) })
                })
        }
    }
}
