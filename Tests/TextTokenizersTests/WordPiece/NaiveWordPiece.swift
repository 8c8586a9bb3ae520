import Foundation
import TextTokenizers

/// WordPiece as its description reads, on strings and without a thought for time: the twin of the fast one.
struct NaiveWordPiece {
    let ids: [[UInt8]: Int32]
    let normalizer: BertNormalizer
    let addedTokens: [[Unicode.Scalar]]

    init(_ configuration: WordPieceConfiguration) {
        ids = Dictionary(
            uniqueKeysWithValues: configuration.tokens.enumerated().map { (Array($1.utf8), Int32($0)) })
        normalizer = configuration.normalizer
        addedTokens = configuration.specialTokens.byRole.map { Array($0.token.unicodeScalars) }
    }

    func encode(_ text: String) -> [Int32] {
        [id("[CLS]")] + ids(of: Array(text.unicodeScalars)) + [id("[SEP]")]
    }

    private func id(_ token: String) -> Int32 { ids[Array(token.utf8)] ?? -1 }

    /// Added tokens first, of those that begin leftmost the longest; here none begins another.
    private func ids(of text: [Unicode.Scalar]) -> [Int32] {
        for start in text.indices {
            for token in addedTokens {
                guard text[start...].starts(with: token) else { continue }
                return ids(ofPlain: Array(text[..<start])) + [id(String(String.UnicodeScalarView(token)))]
                    + ids(of: Array(text[(start + token.count)...]))
            }
        }
        return ids(ofPlain: text)
    }

    private func ids(ofPlain text: [Unicode.Scalar]) -> [Int32] {
        words(normalized(text)).flatMap(pieces)
    }

    private func has(_ kind: CharacterClass, _ scalar: Unicode.Scalar) -> Bool {
        CharacterClass.table[scalar.value].contains(kind)
    }

    private func normalized(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text = text
        if normalizer.cleansText {
            text = text.filter { !has(.control, $0) }.map { has(.whitespace, $0) ? " " : $0 }
        }
        if normalizer.separatesIdeographs {
            text = text.flatMap { has(.ideograph, $0) ? [" ", $0, " "] : [$0] }
        }
        if normalizer.stripsAccents ?? normalizer.lowercases {
            var string = String.UnicodeScalarView()
            string.append(contentsOf: text)
            text = String(string).decomposedStringWithCanonicalMapping.unicodeScalars
                .filter { !has(.nonspacingMark, $0) }
        }
        if normalizer.lowercases {
            text = text.flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) }
        }
        return text
    }

    private func words(_ text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var words: [[Unicode.Scalar]] = [[]]
        for scalar in text {
            if has(.whitespace, scalar) {
                words.append([])
            } else if has(.punctuation, scalar) {
                words += [[scalar], []]
            } else {
                words[words.count - 1].append(scalar)
            }
        }
        return words.filter { !$0.isEmpty }
    }

    private func pieces(_ word: [Unicode.Scalar]) -> [Int32] {
        if word.count > 100 { return [id("[UNK]")] }
        let word = word.map { Array(UTF8.encode($0) ?? .init()) }
        var pieces: [Int32] = []
        var start = 0
        while start < word.count {
            var end = word.count
            while end > start {
                let prefix = start > 0 ? Array("##".utf8) : []
                if let id = ids[prefix + word[start..<end].joined()] {
                    pieces.append(id)
                    break
                }
                end -= 1
            }
            if end == start { return [id("[UNK]")] }
            start = end
        }
        return pieces
    }
}
