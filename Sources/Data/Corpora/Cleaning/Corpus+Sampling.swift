import DeterministicWork

extension Corpus {
    /// At most `most` rows of each class, drawn at random.
    func capped(at most: Int, seed: UInt64) throws(CorpusError) -> Corpus {
        guard case .classes(let classes) = targets else { throw .capOfLabelSets }
        var random = RandomStream(seed: seed, for: .corpusSample)
        var taken = Array(repeating: 0, count: labelSpace.count)
        var kept: [Int] = []
        for row in random.shuffled(classes.indices) where taken[classes[row]] < most {
            taken[classes[row]] += 1
            kept.append(row)
        }
        var corpus = selecting(kept.sorted())
        corpus.cleaning.drop(count - kept.count, "beyond \(most) rows of a class (clean.per-class)")
        return corpus
    }

    /// A random sample in which labels, and official parts, keep their shares.
    func sampled(_ sample: Cleaning.Sample, seed: UInt64) throws(CorpusError) -> Corpus {
        var kept: [Int] = []
        let step: String
        switch sample {
        case .rows(let wanted):
            kept = stratifiedSample(Array(texts.indices), wanted, seed: seed)
            step = "beyond a stratified sample of \(wanted) rows (clean.rows)"
        case .parts(let wanted):
            guard let officialParts else { throw .sampleOfMissingParts }
            for part in Part.allCases {
                let rows = texts.indices.filter { officialParts[$0] == part }
                if let count = wanted[part] {
                    kept += stratifiedSample(rows, count, seed: seed)
                } else {
                    kept += rows
                }
            }
            let sizes = Part.allCases.compactMap { part in wanted[part].map { "\($0) of \(part.rawValue)" } }
            step = "beyond a stratified sample of \(sizes.joined(separator: ", ")) rows (clean.rows)"
        }
        var corpus = selecting(kept.sorted())
        corpus.cleaning.drop(count - kept.count, step)
        return corpus
    }

    /// `wanted` of `rows`, or all where there are no more.
    private func stratifiedSample(_ rows: [Int], _ wanted: Int, seed: UInt64) -> [Int] {
        guard wanted < rows.count else { return rows }
        var random = RandomStream(seed: seed, for: .corpusSample)
        let weights = [wanted, rows.count - wanted]
        var bins: [Int]
        switch targets.selecting(rows) {
        case .classes(let classes):
            let strata = zip(classes, rows).map { label, row in
                label * Part.allCases.count
                    + (officialParts.flatMap { Part.allCases.firstIndex(of: $0[row]) } ?? 0)
            }
            bins = stratifiedDeal(strata, weights: weights, random: &random)
        case .sets(let matrix):
            bins = IterativeStratification(matrix, weights: weights, random: random).bins
            // Iterative stratification may be off by a few rows; random ones make up for it.
            var excess = bins.count { $0 == 0 } - wanted
            for row in random.shuffled(bins.indices) where excess != 0 {
                if excess > 0, bins[row] == 0 {
                    (bins[row], excess) = (1, excess - 1)
                } else if excess < 0, bins[row] == 1 {
                    (bins[row], excess) = (0, excess + 1)
                }
            }
        }
        return zip(rows, bins).filter { $0.1 == 0 }.map(\.0)
    }
}
