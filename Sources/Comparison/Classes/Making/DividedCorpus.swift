import Corpora
import Labels
import Results
import SafeFiles
import SettingKeys

/// The rows of a corpus as a class gets them: each part by itself, under new ids and in their order, so that neither tells
/// anything of the rows.
package struct DividedCorpus: Sendable {
    /// The rows of one part.
    package struct Rows: Sendable {
        /// New, ascending. Shape: [N].
        package let ids: [String]
        /// Those of the dataset. Shape: [N].
        package let originals: [String]
        /// Shape: [N].
        package let texts: [String]
        /// N rows.
        package let targets: Targets
    }

    package let labelSpace: LabelSpace
    private let parts: [Part: Rows]
    private let comparison: TextComparison

    /// - Parameter parts: The part of each row of the corpus. Shape: [N].
    package init(_ corpus: Corpus, parts: [Part], labelSpace: LabelSpace, key: ClassKey) {
        precondition(parts.count == corpus.count)
        self.labelSpace = labelSpace
        var all: [Part: Rows] = [:]
        for part in Part.allCases {
            let places = parts.indices.filter { parts[$0] == part }
            let ids = key.ids(of: places.map { corpus.ids[$0] }, in: part)
            let order = ids.indices.sorted { ids[$0] < ids[$1] }
            let own = corpus.selecting(order.map { places[$0] })
            all[part] = Rows(
                ids: order.map { ids[$0] }, originals: own.ids, texts: own.texts, targets: own.targets)
        }
        self.parts = all
        // Students have the labels of validation too.
        comparison = TextComparison(corpus.texts, parts: parts.map { $0 == .test ? .test : .train })
    }

    package func part(_ part: Part) -> Rows {
        parts[part] ?? Rows(ids: [], originals: [], texts: [], targets: .classes([]))
    }

    // MARK: Files

    /// The rows of a part as `id,text,label`, or `id,text` without labels.
    package func csv(_ part: Part, hasLabels: Bool) -> String {
        let rows = self.part(part)
        return csvLine(["id", "text"] + (hasLabels ? ["label"] : []))
            + rows.ids.indices.map { row in
                csvLine(
                    [rows.ids[row], rows.texts[row]]
                        + (hasLabels ? [labelSpace.cell(rows.targets.labels(ofRow: row))] : []))
            }.joined()
    }

    /// Which row of the dataset each new id is: `id,part,original`.
    package var mappingCSV: String {
        csvLine(["id", "part", "original"])
            + Part.allCases.flatMap { part in
                let rows = self.part(part)
                return zip(rows.ids, rows.originals).map { csvLine([$0, part.rawValue, $1]) }
            }.joined()
    }

    /// A class that is predicted everywhere: the most frequent label of train.
    package var mostFrequentLabel: String {
        labelSpace.names[part(.train).targets.mostFrequentLabel(labelCount: labelSpace.count)]
    }

    // MARK: Leaks

    /// What to say of test rows whose texts students have with labels.
    package var leakNotices: [String] {
        let leaks = comparison.leaks
        if leaks.isEmpty { return [] }
        let equal = leaks.count { $0.kind == .equal }
        let rows = part(.test).ids.count
        return [
            "\(leaks.count) of the \(rows) test rows have a text that students get with its label (\(equal) the same, "
                + "\(leaks.count - equal) nearly): looking them up is worth as much as a model there; 'split: {group-by: "
                + "near-duplicates}' keeps such texts in one part"
        ]
    }
}
