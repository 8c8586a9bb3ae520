extension Corpus {
    /// The rows that the steps of `cleaning` leave which need all rows to be there. Each step sees what the one before
    /// it left, and is counted.
    public func cleaned(by cleaning: Cleaning) throws(CorpusError) -> Corpus {
        var corpus = self
        if let limit = cleaning.length { corpus = corpus.within(limit) }
        if cleaning.conflicts { corpus = corpus.withoutConflicts() }
        if let duplicates = cleaning.duplicates { corpus = corpus.withoutDuplicates(duplicates) }
        if let rare = cleaning.rareClasses { corpus = try corpus.withoutRareClasses(rare) }
        if let most = cleaning.perClass { corpus = try corpus.capped(at: most, seed: cleaning.seed) }
        if let sample = cleaning.sample { corpus = try corpus.sampled(sample, seed: cleaning.seed) }
        if corpus.count == 0 { throw .nothingLeft(steps: corpus.cleaning.dropped.map(\.step)) }
        return corpus
    }

    /// Keeps `rows` and counts the others.
    private func keeping(_ rows: [Int], _ step: String) -> Corpus {
        var kept = selecting(rows)
        kept.cleaning.drop(count - rows.count, step)
        return kept
    }

    private func within(_ limit: Cleaning.LengthLimit) -> Corpus {
        let counts = texts.map { NormalizedText($0).wordCount }
        let (range, key): (ClosedRange<Double>, String)
        switch limit {
        case .words(let words):
            range = Double(words.lowerBound)...Double(words.upperBound)
            let most = words.upperBound == .max ? "" : " or more than \(words.upperBound)"
            key = "texts of fewer than \(words.lowerBound) words\(most) (clean.length-outliers)"
        case .interquartile:
            range = Distribution.fences(of: counts)
            key =
                "texts of fewer than \(range.lowerBound) or more than \(range.upperBound) words, 1.5 interquartile "
                + "ranges off the quartiles (clean.length-outliers: iqr)"
        }
        return keeping(texts.indices.filter { range.contains(Double(counts[$0])) }, key)
    }

    /// Without the rows of texts that occur with different labels: who is right cannot be told.
    private func withoutConflicts() -> Corpus {
        let groups = TextGroups(equal: texts).first
        var labelsOfGroup: [Int: [Int]] = [:]
        var conflicting = Set<Int>()
        for row in texts.indices {
            let labels = targets.labels(ofRow: row)
            if let known = labelsOfGroup[groups[row]], known != labels { conflicting.insert(groups[row]) }
            labelsOfGroup[groups[row]] = labels
        }
        return keeping(
            texts.indices.filter { !conflicting.contains(groups[$0]) },
            "the same text with different labels (clean.drop-conflicts)"
        ).tellingRatings(
            leftOutOf: count,
            "what raters disagree on is left out (clean.drop-conflicts), so that those who are left agree more than raters do"
        )
    }

    /// Tells what leaving rows out has done to ratings, where rows are ratings.
    /// - Parameter rows: How many there were before.
    private func tellingRatings(leftOutOf rows: Int, _ notice: String) -> Corpus {
        if rowRaters == nil || count == rows { return self }
        var corpus = self
        corpus.notices.append(notice)
        return corpus
    }

    /// Without the rows whose text an earlier row has. Where there are official parts, test's rows come first and
    /// train's last, so that it is train that gives up what both have.
    private func withoutDuplicates(_ duplicates: Cleaning.Duplicates) -> Corpus {
        let rank: [Part: Int] = [.test: 0, .validation: 1, .train: 2]
        let order = texts.indices.sorted { a, b in
            let (partA, partB) = (
                rank[officialParts?[a] ?? .train] ?? 0, rank[officialParts?[b] ?? .train] ?? 0
            )
            return (partA, a) < (partB, b)
        }
        let ordered = order.map { texts[$0] }
        let groups = duplicates == .near ? TextGroups(near: ordered) : TextGroups(equal: ordered)
        let kept = order.indices.filter { groups.first[$0] == $0 }.map { order[$0] }.sorted()
        let key =
            duplicates == .near
            ? "nearly the same text as another row (clean.drop-duplicates: near)"
            : "the same text as another row, in any case and spacing (clean.drop-duplicates)"
        var corpus = keeping(kept, key).tellingRatings(
            leftOutOf: count,
            "of each text one rating is left (clean.drop-duplicates), so that raters cannot be compared")
        if groups.cutTexts > 0 {
            corpus.notices.append(
                nearSearchNotice(
                    cutTexts: groups.cutTexts,
                    consequence: "some near texts may be left (clean.drop-duplicates: near)"))
        }
        return corpus
    }
}
