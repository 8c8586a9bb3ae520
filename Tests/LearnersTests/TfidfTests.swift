import Features
import TestSupport
import Testing

private struct Expected: Decodable {
    struct Row: Decodable {
        let columns: [Int32]
        let values: [Double]
    }

    let terms: Int
    let nonZeros: Int
    let vocabularyHash: String
    let idf: [Double]
    let rows: [Row]
}

@Suite struct TfidfTests {
    private static func options(_ change: (inout TfidfOptions) -> Void) -> TfidfOptions {
        var options = TfidfOptions()
        change(&options)
        return options
    }

    private static let optionSets: [(name: String, options: TfidfOptions)] = [
        ("default", options { _ in }),
        (
            "english-200",
            options {
                $0.maxFeatures = 200
                $0.stopWords = .english
            }
        ),
        (
            "bounds",
            options {
                $0.minDf = .count(2)
                $0.maxDf = .share(0.1)
            }
        ),
        (
            "sublinear",
            options {
                $0.sublinearTf = true
                $0.smoothIdf = false
                $0.maxFeatures = 500
            }
        ),
        (
            "plain",
            options {
                $0.lowercase = false
                $0.norm = .none
                $0.maxDf = .count(60)
            }
        ),
        (
            "bigrams",
            options {
                $0.ngramRange = 1...2
                $0.minDf = .count(2)
                $0.stopWords = .list(["the", "is", "at"])
            }
        ),
        (
            "char",
            options {
                $0.analyzer = .char
                $0.ngramRange = 2...3
                $0.maxFeatures = 800
                $0.norm = .l1
            }
        ),
        (
            "char_wb",
            options {
                $0.analyzer = .charWb
                $0.ngramRange = 3...4
                $0.minDf = .count(3)
                $0.stripAccents = .unicode
            }
        ),
        (
            "binary",
            options {
                $0.binary = true
                $0.useIdf = false
                $0.stripAccents = .ascii
                $0.maxFeatures = 300
            }
        ),
    ]

    /// What scikit-learn's `_check_stop_words_consistency` warns of.
    @Test func stopWordsThatTextsNeverHold() {
        var options = TfidfOptions()
        options.stopWords = .list(["don't", "isn't", "the", "The", "e-mail", "mail", "a"])
        #expect(options.unlistedPartsOfStopWords == ["don", "isn"])
        options.stopWords = .list(["don", "isn", "the"])
        #expect(options.unlistedPartsOfStopWords.isEmpty)
        options.stopWords = .english
        #expect(options.unlistedPartsOfStopWords.isEmpty)
    }

    @Test func agreesWithScikitLearn() throws {
        let corpus = try FrontDesk()
        let expected = try golden("tfidf.json", as: [String: Expected].self)
        #expect(expected.count == TfidfTests.optionSets.count)
        for (name, options) in TfidfTests.optionSets {
            let expected = try #require(expected[name])
            let (vectorizer, X) = try TfidfVectorizer.fit(options, to: corpus.train.map(\.text))
            #expect(vectorizer.vocabulary.count == expected.terms)
            #expect(X.nonZeroCount == expected.nonZeros)
            #expect(fnv(vectorizer.vocabulary.joined(separator: "\n")) == expected.vocabularyHash, "\(name)")
            let step = max(1, expected.terms / 40)
            let idf = stride(from: 0, to: expected.terms, by: step).map { vectorizer.idf[$0] }
            #expect(largestDifference(idf, expected.idf) < 1e-14)
            let Z = vectorizer.transform(corpus.test.map(\.text))
            for (number, row) in expected.rows.enumerated() {
                let range = Z.rowOffsets[50 * number]..<Z.rowOffsets[50 * number + 1]
                #expect(Array(Z.columns[range]) == row.columns)
                #expect(largestDifference(Array(Z.values[range]), row.values) < 1e-13)
            }
        }
    }

    @Test func fittingGivesTheMatrixOfTransforming() throws {
        let texts = try FrontDesk().train.map(\.text)
        let (vectorizer, X) = try TfidfVectorizer.fit(.init(), to: texts)
        #expect(vectorizer.transform(texts) == X)
    }

    @Test func permutedTextsGivePermutedRows() throws {
        let texts = try FrontDesk().train.map(\.text)
        let options = TfidfTests.options { $0.maxFeatures = 97 }
        let (first, X) = try TfidfVectorizer.fit(options, to: texts)
        let order = texts.indices.map { ($0 * 397 + 11) % texts.count }
        #expect(Set(order).count == texts.count)
        let (second, permuted) = try TfidfVectorizer.fit(options, to: order.map { texts[$0] })
        #expect(first.vocabulary == second.vocabulary)
        #expect(X.selecting(order) == permuted)
    }

    /// Folds that share most of their texts, some of them twice or the same to Unicode alone, in every order of counting.
    @Test func countingTextsOnceChangesNothing() throws {
        let corpus = try FrontDesk()
        let accents = ["h\u{F4}tel r\u{E9}serv\u{E9}", "ho\u{302}tel re\u{301}serve\u{301}"]
        let texts = corpus.train.map(\.text) + accents + ["", "late bus", "late bus"] + accents
        let folds = (0..<4).map { fold in
            (
                train: texts.indices.filter { $0 % 4 != fold }.map { texts[$0] },
                test: texts.indices.filter { $0 % 4 == fold }.map { texts[$0] } + ["zebra", "zebra crossing"]
            )
        }
        for (name, options) in TfidfTests.optionSets {
            for order in [[0, 1, 2, 3], [3, 1, 0, 2]] {
                let memory = CountingMemory()
                for (round, fold) in order.enumerated() {
                    let (train, test) = folds[fold]
                    let (alone, X) = try TfidfVectorizer.fit(options, to: train)
                    let (shared, Y) = try TfidfVectorizer.fit(options, to: train, memory: memory)
                    #expect((memory.takeKept() != nil) == (round > 0), "\(name), \(round)")
                    #expect(X == Y && alone.idf == shared.idf, "\(name), fold \(fold)")
                    #expect(
                        alone.vocabulary.map { Array($0.utf8) } == shared.vocabulary.map { Array($0.utf8) })
                    #expect(alone.transform(test) == shared.transform(test), "\(name), fold \(fold)")
                    #expect(shared.transform(train) == Y)
                    _ = memory.takeKept()
                }
            }
        }
    }

    @Test func nothingToLearnFrom() {
        #expect(throws: VocabularyError.noTerms(textCount: 2)) {
            try TfidfVectorizer.fit(.init(), to: ["", "a !"])
        }
        #expect(throws: VocabularyError.noTerms(textCount: 1)) {
            try TfidfVectorizer.fit(TfidfTests.options { $0.stopWords = .english }, to: ["the of"])
        }
        #expect(throws: VocabularyError.noTermsAfterPruning(termCount: 2)) {
            try TfidfVectorizer.fit(TfidfTests.options { $0.minDf = .count(2) }, to: ["one", "two"])
        }
        #expect(throws: VocabularyError.documentFrequenciesCross(least: 3, most: 1)) {
            try TfidfVectorizer.fit(
                TfidfTests.options {
                    $0.minDf = .count(3)
                    $0.maxDf = .share(0.5)
                }, to: ["one", "two"])
        }
    }

    @Test func unknownWordsGiveAnEmptyRow() throws {
        let (vectorizer, _) = try TfidfVectorizer.fit(.init(), to: ["room key", "late bus"])
        #expect(vectorizer.transform(["zebra", "", "key"]).rowOffsets == [0, 0, 0, 1])
    }
}

@Suite struct NumPyOrderTests {
    private struct Expected: Decodable {
        let count: Int
        let limit: Int
        let hash: String
    }

    @Test func choosesAsNumPyDoesOnAVX2() throws {
        let cases = try golden("order.json", as: [Expected].self)
        #expect(cases.count == 7)
        for expected in cases {
            // The frequencies of the generator: few large, many small, most of them tied.
            var state = UInt64(expected.count)
            let frequencies = (0..<expected.count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return 1 + 200 / (1 + Int(state >> 33) % 199)
            }
            let first = NumPyOrder.first(expected.limit, ascending: frequencies.map { -$0 }).sorted()
            #expect(fnv(first.map(String.init).joined(separator: " ")) == expected.hash, "\(expected.count)")
        }
    }

    @Test func takesTheSmallestWhateverTheTies() {
        for (count, limit) in [(0, 0), (5, 0), (5, 5), (1000, 1), (1000, 999), (3001, 1500)] {
            let keys = (0..<count).map { $0 * $0 % 17 }
            let first = NumPyOrder.first(limit, ascending: keys)
            #expect(Set(first).count == limit)
            #expect(first.map { keys[$0] }.sorted() == Array(keys.sorted()[..<limit]))
        }
    }
}
