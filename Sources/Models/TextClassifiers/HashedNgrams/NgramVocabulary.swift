import DeterministicWork
import TextTokenizers

/// Which row of the vectors each word and each n-gram of train has.
///
/// Tokens are what stands between white space, and a sign for the end of the text, as in fastText. fastText keeps a vector for
/// each number that an n-gram may be hashed to; here only those have one that train has, as others are not learnt.
struct NgramVocabulary: Sendable {
    let options: HashedNgramOptions
    /// The words, most frequent first. Shape: [W].
    let words: [String]
    /// The numbers that n-grams of train were hashed to, ascending. Shape: [rows - W].
    let buckets: [Int64]
    private let table: TermTable
    private let rowOfBucket: [Int64: Int32]

    /// How many vectors there are.
    var rowCount: Int { words.count + buckets.count }

    init(options: HashedNgramOptions, words: [String], buckets: [Int64]) {
        self.options = options
        self.words = words
        self.buckets = buckets
        table = TermTable(words)
        var rows: [Int64: Int32] = [:]
        rows.reserveCapacity(buckets.count)
        for (place, bucket) in buckets.enumerated() { rows[bucket] = Int32(words.count + place) }
        rowOfBucket = rows
    }

    private static let end = Array("</s>".utf8)

    /// The tokens of a text, the end among them.
    private static func tokens(_ text: String) -> [[UInt8]] {
        text.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) || $0 == 0 }.map(Array.init) + [end]
    }

    /// Learns words and n-grams from texts, and gives the rows of each.
    static func fit(
        _ options: HashedNgramOptions, to texts: [String]
    ) -> (vocabulary: NgramVocabulary, rows: [[Int32]]) {
        let tokens = parallelMap(texts.count, blockSize: 256) { NgramVocabulary.tokens(texts[$0]) }
        var (all, counts) = (TermTable(), [Int]())
        for token in tokens.joined() {
            let number = all.insert(token, token.indices)
            if number == counts.count { counts.append(0) }
            counts[number] += 1
        }
        // Of equally frequent ones the first that was met comes first.
        let kept = counts.indices.filter { counts[$0] >= options.minCount }.sorted {
            (-counts[$0], $0) < (-counts[$1], $1)
        }
        let words = kept.map { all.term($0) }
        let bare = NgramVocabulary(options: options, words: words, buckets: [])
        let found = parallelMap(tokens.count, blockSize: 256) { row in
            var buckets: [Int64] = []
            bare.visit(tokens[row], word: { _ in }, bucket: { buckets.append($0) })
            return buckets
        }
        let vocabulary = NgramVocabulary(
            options: options, words: words, buckets: Set(found.joined()).sorted())
        return (vocabulary, parallelMap(tokens.count, blockSize: 256) { vocabulary.rows(of: tokens[$0]) })
    }

    /// The rows of a text's words and n-grams, as often as they occur; those that train does not have are passed over.
    func rows(ofText text: String) -> [Int32] { rows(of: NgramVocabulary.tokens(text)) }

    private func rows(of tokens: [[UInt8]]) -> [Int32] {
        var rows: [Int32] = []
        visit(
            tokens, word: { rows.append($0) }, bucket: { if let row = rowOfBucket[$0] { rows.append(row) } })
        return rows
    }

    private func visit(_ tokens: [[UInt8]], word: (Int32) -> Void, bucket: (Int64) -> Void) {
        let size = UInt64(options.bucket)
        for token in tokens {
            if let number = table.number(of: token, token.indices) { word(Int32(number)) }
            if options.maxn > 0, token != NgramVocabulary.end {
                NgramHash.characterNgrams(of: token, max(1, options.minn)...options.maxn) {
                    bucket(Int64(UInt64($0) % size))
                }
            }
        }
        if options.wordNgrams < 2 { return }
        let hashes = tokens.map { NgramHash.hash($0) }
        for start in hashes.indices {
            var hash = NgramHash.first(hashes[start])
            for next in hashes.indices.dropFirst(start + 1).prefix(options.wordNgrams - 1) {
                hash = NgramHash.joined(hash, hashes[next])
                bucket(Int64(hash % size))
            }
        }
    }
}
