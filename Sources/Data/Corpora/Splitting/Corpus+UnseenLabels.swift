extension Corpus {
    /// Checks that what validation and test ask for could have been learnt.
    ///
    /// A label of an official part that train does not have, and that nobody listed, is more often another spelling, or a
    /// number that stands for "not told", than a label.
    /// - Throws: `SplitError.unseenLabel`, `.nothingLearnable`.
    public func requireLearnable(_ split: Split, official: Bool) throws(SplitError) {
        let counts = Dictionary(
            uniqueKeysWithValues: Part.allCases.map { part in
                (part, targets.selecting(split.rows(of: part)).labelCounts(labelCount: labelSpace.count))
            })
        let trainCounts = counts[.train] ?? []
        let train = zip(labelSpace.names, trainCounts).filter { $1 > 0 }.map(\.0)
        if train.isEmpty { return }
        for part in [Part.validation, .test] {
            let present = labelSpace.names.indices.filter { (counts[part]?[$0] ?? 0) > 0 }
            let unseen = present.filter { trainCounts[$0] == 0 }
            guard let first = unseen.first else { continue }
            if official, !labelOrigins.areListed, !labelOrigins.allowsUnseen {
                let places = labelOrigins.firstPlaces
                throw .unseenLabel(
                    places.indices.contains(first) ? places[first] : nil, label: labelSpace.names[first],
                    rows: counts[part]?[first] ?? 0, part: part, train: train)
            }
            if unseen == present {
                throw .nothingLearnable(part, labels: unseen.map { labelSpace.names[$0] }, train: train)
            }
        }
    }
}
