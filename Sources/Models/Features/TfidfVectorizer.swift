import LinearAlgebra
import TextTokenizers

/// Texts as TF-IDF vectors, with the numbers of scikit-learn's `TfidfVectorizer`.
///
/// Vocabulary and idf come from the texts that it was fitted to alone.
public struct TfidfVectorizer: Sendable {
    public let options: TfidfOptions
    /// The D terms, in the order of their code points; term `d` is column `d`.
    public let vocabulary: [String]
    /// ln((n + 1) / (df + 1)) + 1 of each term, where n texts were seen and df of them hold it (without the ones
    /// unless `smoothIdf`); 1 unless `useIdf`. Shape: [D].
    public let idf: [Double]
    private let table: TermTable
    private let analyzer: TextAnalyzer
    /// Of the comparison in which it was fitted.
    private var memory: CountingMemory?

    /// - Precondition: As many idf values as terms, and no term twice.
    package init(options: TfidfOptions, vocabulary: [String], idf: [Double]) {
        precondition(vocabulary.count == idf.count)
        self.options = options
        self.vocabulary = vocabulary
        self.idf = idf
        table = TermTable(vocabulary)
        analyzer = TextAnalyzer(options.analysis)
    }

    /// Learns vocabulary and idf from `texts`, and gives their matrix too.
    /// - Throws: `VocabularyError` when no term is left.
    public static func fit(
        _ options: TfidfOptions, to texts: [String]
    ) throws(VocabularyError) -> (vectorizer: TfidfVectorizer, matrix: SparseMatrix) {
        try fit(options, to: texts, memory: nil)
    }

    /// The same, taking apart only texts that were not counted before.
    package static func fit(
        _ options: TfidfOptions, to texts: [String], memory: CountingMemory?
    ) throws(VocabularyError) -> (vectorizer: TfidfVectorizer, matrix: SparseMatrix) {
        let counts =
            memory?.counts(of: texts, options.analysis, binary: options.binary)
            ?? TermCounts(of: texts, analyzer: TextAnalyzer(options.analysis), binary: options.binary)
        let kept = try TermSelection(options).terms(of: counts)
        let idf =
            options.useIdf
            ? TermWeighting.idf(
                textCounts: kept.map { counts.textCounts[$0] }, of: texts.count, smooth: options.smoothIdf)
            : Array(repeating: 1, count: kept.count)
        var vectorizer = TfidfVectorizer(
            options: options, vocabulary: counts.spellings(of: kept), idf: idf)
        vectorizer.memory = memory
        return (vectorizer, vectorizer.weighting.matrix(counts.selecting(kept)))
    }

    /// The vectors of `texts`; terms outside the vocabulary are passed over. Shape: [texts, D].
    public func transform(_ texts: [String]) -> SparseMatrix {
        weighting.matrix(
            memory?.blocks(of: texts, options.analysis, vocabulary: table)
                ?? TermCounts.blocks(of: texts, analyzer: analyzer, vocabulary: table))
    }

    private var weighting: TermWeighting { TermWeighting(options: options, idf: idf) }
}
