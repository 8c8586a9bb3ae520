/// Which terms of a corpus become columns: the bounds on document frequency, then the most frequent ones.
struct TermSelection {
    let options: TfidfOptions

    init(_ options: TfidfOptions) { self.options = options }

    /// The terms to keep by their places in the order, ascending.
    func terms(of corpus: TermCounts) throws(VocabularyError) -> [Int] {
        let termCount = corpus.textCounts.count
        if termCount == 0 { throw .noTerms(textCount: corpus.textCount) }
        let least = options.minDf.count(of: corpus.textCount)
        let most = options.maxDf.count(of: corpus.textCount)
        if most < least { throw .documentFrequenciesCross(least: least, most: most) }
        let kept = corpus.textCounts.indices.filter {
            least <= Double(corpus.textCounts[$0]) && Double(corpus.textCounts[$0]) <= most
        }
        if kept.isEmpty { throw .noTermsAfterPruning(termCount: termCount) }
        guard let limit = options.maxFeatures, limit < kept.count else { return kept }
        if limit < 1 { throw .noTermsAfterPruning(termCount: termCount) }
        let first = NumPyOrder.first(limit, ascending: kept.map { -corpus.totals[$0] })
        return first.map { kept[$0] }.sorted()
    }
}
