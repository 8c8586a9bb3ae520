import Labels
import Testing
import TextClassifiers

/// What cannot be learnt of hashed n-grams.
@Suite struct HashedNgramClassifierTests {
    @Test func wordsThatAreAllTooRareAreTold() throws {
        let space = try LabelSpace(kind: .binary, names: ["no", "yes"])
        var options = HashedNgramOptions()
        (options.minCount, options.dim) = (3, 2)
        #expect(throws: TextClassifierError.noWords(minCount: 3)) {
            try HashedNgramClassifier(options).fit(["a b", "a"], .classes([0, 1]), labelSpace: space)
        }
        // The end of a text is a word, as in fastText.
        options.minCount = 2
        _ = try HashedNgramClassifier(options).fit(["a", "b"], .classes([0, 1]), labelSpace: space)
    }

    @Test func vectorsHaveToFitIntoMemory() throws {
        var options = HashedNgramOptions()
        options.dim = 1000
        let classifier = HashedNgramClassifier(options)
        #expect(throws: TextClassifierError.tooManyVectors(11, dim: 1000, availableBytes: 43_999)) {
            try classifier.checkMemory(rowCount: 11, available: 43_999)
        }
        try classifier.checkMemory(rowCount: 11, available: 44_000)
        try classifier.checkMemory(rowCount: 11, available: nil)
        options.dim = .max
        #expect(throws: TextClassifierError.self) {
            try HashedNgramClassifier(options).checkMemory(rowCount: 11, available: .max)
        }
    }
}
