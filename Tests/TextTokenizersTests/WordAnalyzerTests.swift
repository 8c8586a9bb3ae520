import Foundation
import TestSupport
import Testing
import TextTokenizers

/// What scikit-learn made of a text; see Tests/Oracles/TextTokenizers/generate.py.
private struct Case: Decodable {
    let text: String
    let tokens: [String]
    let cased: [String]
    let english: [String]
}

/// Exactly equal, as Swift's `==` takes canonically equivalent texts for equal.
private func scalars(_ tokens: [String]) -> [[Unicode.Scalar]] {
    tokens.map { Array($0.unicodeScalars) }
}

/// An analyzer with some options changed.
private func analyzer(_ change: (inout AnalyzerOptions) -> Void = { _ in }) -> TextAnalyzer {
    var options = AnalyzerOptions()
    change(&options)
    return TextAnalyzer(options)
}

@Suite struct WordAnalyzerTests {
    @Test func agreesWithScikitLearn() throws {
        let file = oracle("TextTokenizers/analyzer.json")
        let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
        #expect(cases.count == 16)
        for example in cases {
            #expect(scalars(analyzer().terms(in: example.text)) == scalars(example.tokens))
            #expect(
                scalars(analyzer { $0.lowercase = false }.terms(in: example.text)) == scalars(example.cased))
            #expect(
                scalars(analyzer { $0.stopWords = .english }.terms(in: example.text))
                    == scalars(example.english))
        }
    }

    @Test func theFastPathOfASCIIEqualsTheOther() {
        let text = String(
            decoding: (0..<128).flatMap { [UInt8($0), 65, 98, UInt8(127 - $0)] }, as: UTF8.self)
        let tokens = analyzer().terms(in: text)
        #expect(!tokens.isEmpty)
        #expect(analyzer().terms(in: text + " é") == tokens)
    }

    @Test func stopWords() {
        #expect(englishStopWords.count == 318)
        #expect(Set(englishStopWords).count == 318)
        #expect(englishStopWords == englishStopWords.sorted())
    }
}

@Suite struct TermTableTests {
    @Test func manyTermsKeepTheirNumbers() {
        let terms = (0..<10_007).map { "term\($0 &* 7919)" }
        let table = TermTable(terms)
        #expect(table.count == terms.count)
        for (number, term) in terms.enumerated() {
            let bytes = Array("<\(term)>".utf8)
            #expect(table.number(of: bytes, 1..<bytes.count - 1) == number)
        }
        #expect(table.number(of: Array("term".utf8), 0..<4) == nil)
    }

    @Test func canonicallyEquivalentTermsAreTwo() {
        #expect(TermTable(["caf\u{E9}", "cafe\u{301}", ""]).count == 3)
    }
}

/// Every kind of term; see Tests/Oracles/TextTokenizers/generate.py.
@Suite struct TermTests {
    private struct Case: Decodable {
        struct Example: Decodable {
            let text: String
            let terms: [String]
        }

        let analyzer: AnalyzerOptions.Unit
        let ngramRange: [Int]
        let stripAccents: AnalyzerOptions.StripAccents
        let lowercase: Bool
        let stopWords: [String]
        let texts: [Example]
    }

    @Test func agreeWithScikitLearn() throws {
        let file = oracle("TextTokenizers/terms.json")
        let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
        #expect(cases.count == 7)
        for expected in cases {
            let analyzer = analyzer {
                $0.unit = expected.analyzer
                $0.ngramRange = expected.ngramRange[0]...expected.ngramRange[1]
                $0.stripAccents = expected.stripAccents
                $0.lowercase = expected.lowercase
                $0.stopWords = .list(expected.stopWords)
            }
            for example in expected.texts {
                let terms = analyzer.terms(in: example.text).map { Array($0.utf8) }
                #expect(
                    terms.sorted { $0.lexicographicallyPrecedes($1) } == example.terms.map { Array($0.utf8) },
                    "\(expected.analyzer) \(expected.ngramRange) of \(example.text)")
            }
        }
    }

    @Test func tablesJoin() {
        var all = TermTable(["room", "key"])
        #expect(all.insert(all: TermTable(["key", "", "late"])) == [1, 2, 3])
        #expect((0..<all.count).map(all.term) == ["room", "key", "", "late"])
        #expect(all.sortedNumbers == [2, 1, 3, 0])
        let alike = TermTable(["abcdefgh2", "abcdefgh", "abcdefgh1", "abcdefg", "a\u{0}", "a"])
        #expect(alike.sortedNumbers == [5, 4, 3, 1, 2, 0])
    }
}
