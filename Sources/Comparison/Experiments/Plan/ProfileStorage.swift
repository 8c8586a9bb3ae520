import Corpora
import Foundation
import Results

/// Writes `data.json`, the profile of the rows that are compared on: without texts unless the report may quote them.
///
/// - Parameters:
///   - parts: The part of each row.
///   - comparison: Of the texts and those parts.
///   - encoder: The model in whose tokens texts are measured too.
///   - maxLengths: How many tokens of a text the contestants take at most.
/// - Returns: The file's SHA-256.
func storeProfile(
    of corpus: Corpus, parts: [Part], _ comparison: TextComparison, encoder: EncoderFolder?,
    maxLengths: [Int], quotes: Bool, folder: RunLayout
) throws -> String {
    var profile = CorpusProfile(corpus, parts: parts, comparison: comparison)
    if let encoder {
        profile.tokens = try TokenLengths(
            of: corpus.texts, in: encoder,
            maxLengths: Set(TokenLengths.usualMaxLengths + maxLengths).sorted())
    }
    return try (quotes ? profile : profile.withoutTexts).write(to: folder)
}

extension ExperimentFile {
    /// The encoder that the first contestant with a network names; where there is none, the first one's static embeddings.
    func encoder(cache: URL) throws -> EncoderFolder? {
        let named = contestants.filter { $0.encoder != nil }
        let first = named.first { $0.model != StaticEmbeddingContestant.model } ?? named.first
        return try first?.encoder.map {
            try EncoderFolder(named: $0, relativeTo: url.deletingLastPathComponent(), cache: cache)
        }
    }
}
