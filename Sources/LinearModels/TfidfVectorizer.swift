import Compute
import Foundation
import Tensors
import Tokenizers

/// Texts as TF-IDF vectors, with the numbers of scikit-learn's `TfidfVectorizer`.
///
/// Vocabulary and idf come from the texts that it was fitted to alone.
public struct TfidfVectorizer: Sendable {
    public let options: TfidfOptions
    /// The D terms, in the order of their code points; term `d` is column `d`.
    public let vocabulary: [String]
    /// ln((n + 1) / (df + 1)) + 1 of each term, where n texts were seen and df of them hold it (without the ones
    /// unless `smoothIdf`). Shape: [D].
    public let idf: [Double]
    private let table: TermTable

    /// - Precondition: As many idf values as terms, and no term twice.
    init(options: TfidfOptions, vocabulary: [String], idf: [Double]) {
        precondition(vocabulary.count == idf.count)
        self.options = options
        self.vocabulary = vocabulary
        self.idf = idf
        table = TermTable(vocabulary)
    }

    /// Learns vocabulary and idf from `texts`, and gives their matrix too.
    /// - Throws: `LinearModelError` when no term is left.
    public static func fit(
        _ options: TfidfOptions, to texts: [String]
    ) throws(LinearModelError) -> (vectorizer: TfidfVectorizer, matrix: SparseMatrix) {
        let all = TermCounts(of: texts, analyzer: analyzer(options))
        let kept = try TermSelection(options).columns(of: all)
        let counts = all.counts.selectingColumns(kept)
        let extra = options.smoothIdf ? 1.0 : 0
        let idf = counts.columnOccupancy.map { df in
            log((Double(texts.count) + extra) / (Double(df) + extra)) + 1
        }
        let vectorizer = TfidfVectorizer(options: options, vocabulary: kept.map { all.terms[$0] }, idf: idf)
        return (vectorizer, vectorizer.weighted(counts))
    }

    /// The vectors of `texts`; terms outside the vocabulary are passed over. Shape: [texts, D].
    public func transform(_ texts: [String]) -> SparseMatrix {
        weighted(
            TermCounts.matrix(of: texts, analyzer: TfidfVectorizer.analyzer(options), vocabulary: table))
    }

    private static func analyzer(_ options: TfidfOptions) -> WordAnalyzer {
        WordAnalyzer(lowercase: options.lowercase, stopWords: options.stopWords)
    }

    /// Counts times idf, each row at length 1 if the norm says so.
    private func weighted(_ counts: SparseMatrix) -> SparseMatrix {
        var values = counts.values
        for row in 0..<counts.rowCount {
            let range = counts.rowOffsets[row]..<counts.rowOffsets[row + 1]
            var squares = 0.0
            for i in range {
                let tf = options.sublinearTf ? log(values[i]) + 1 : values[i]
                values[i] = tf * idf[Int(counts.columns[i])]
                squares += values[i] * values[i]
            }
            if options.norm == .none || squares == 0 { continue }
            let length = squares.squareRoot()
            for i in range { values[i] /= length }
        }
        return SparseMatrix(
            columnCount: counts.columnCount, rowOffsets: counts.rowOffsets, columns: counts.columns,
            values: values)
    }
}
