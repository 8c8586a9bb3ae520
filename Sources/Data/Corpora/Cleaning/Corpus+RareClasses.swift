import Labels
import Tables

extension Corpus {
    /// The name of the class that rare ones become.
    private static let otherName = "other"

    /// Leaves out the labels of fewer rows than wanted, or makes them one label.
    func withoutRareClasses(_ rare: Cleaning.RareClasses) throws(CorpusError) -> Corpus {
        let counts = targets.labelCounts(labelCount: labelSpace.count)
        let isRare = counts.map { $0 < rare.minRows }
        let merges = rare.handling == .other && zip(counts, isRare).contains { $0 > 0 && $1 }

        if merges && labelSpace.isOrdinal { throw .unorderedOther }
        var names = zip(labelSpace.names, isRare).filter { !$1 }.map(\.0)
        var newLabels: [Int?] = []
        for isRare in isRare { newLabels.append(isRare ? nil : newLabels.count { $0 != nil }) }
        if merges {
            let other = names.firstIndex(of: Corpus.otherName) ?? names.count
            if other == names.count { names.append(Corpus.otherName) }
            newLabels = newLabels.map { $0 ?? other }
        }
        let step = "labels of fewer than \(rare.minRows) rows (clean.min-rows-per-class)"
        if names.isEmpty { throw .nothingLeft(steps: cleaning.dropped.map(\.step) + [step]) }
        let kind: LabelKind =
            labelOrigins.isKindInferred && labelSpace.kind != .multilabel
            ? (names.count == 2 ? .binary : .multiclass) : labelSpace.kind
        var space = try Corpora.labelSpace(kind, names, file: "clean.min-rows-per-class")
        space.isOrdinal = labelSpace.isOrdinal

        let labels = (0..<count).map { row in
            Set(targets.labels(ofRow: row).compactMap { newLabels[$0] }).sorted()
        }
        let kept = (0..<count).filter { !labels[$0].isEmpty || targets.labels(ofRow: $0).isEmpty }
        let newTargets = Targets(rows: kept.map { labels[$0] }, in: space)
        let newGold = gold.map { gold in
            kept.map { row -> [Int]? in
                guard let old = gold[row] else { return nil }
                let new = Set(old.compactMap { newLabels[$0] }).sorted()
                return new.isEmpty && !old.isEmpty ? nil : new
            }
        }
        var corpus = relabelled(kept, targets: newTargets, labelSpace: space, gold: newGold)
        if !labelOrigins.firstPlaces.isEmpty {
            var places = [DataPlace?](repeating: nil, count: space.count)
            for (old, new) in newLabels.enumerated() {
                if let new { places[new] = places[new] ?? labelOrigins.firstPlaces[old] }
            }
            corpus.labelOrigins.firstPlaces = places.compactMap(\.self)
        }
        corpus.cleaning.drop(count - kept.count, "only " + step)
        let rareCount = zip(counts, isRare).count { $0 > 0 && $1 }
        corpus.cleaning.change(
            rareCount,
            merges
                ? "\(step.prefix { $0 != "(" })made one, 'other' (clean.rare-classes)" : "\(step), left out")
        return corpus
    }
}
