import LinearModels
import Settings
import Tokenizers

extension TfidfOptions {
    /// Reads the `tfidf:` of a contestant.
    init(setting: Setting) throws {
        self.init()
        let keys = [
            "max-features", "stop-words", "min-df", "max-df", "sublinear-tf", "smooth-idf", "norm",
            "lowercase",
        ]
        let mapping = try setting.mapping(known: keys)
        maxFeatures = try mapping["max-features"]?.int(atLeast: 1)
        stopWords = try mapping["stop-words"]?.oneOf() ?? stopWords
        minDf = try mapping["min-df"].map { try DocumentFrequency(setting: $0) } ?? minDf
        maxDf = try mapping["max-df"].map { try DocumentFrequency(setting: $0) } ?? maxDf
        sublinearTf = try mapping["sublinear-tf"]?.bool() ?? sublinearTf
        smoothIdf = try mapping["smooth-idf"]?.bool() ?? smoothIdf
        norm = try mapping["norm"]?.oneOf() ?? norm
        lowercase = try mapping["lowercase"]?.bool() ?? lowercase
    }
}

extension TfidfOptions.DocumentFrequency {
    /// A whole number is a count of texts, a number with a point a share of them, as in scikit-learn.
    fileprivate init(setting: Setting) throws {
        if let count = try? setting.int() {
            guard count >= 1 else { throw setting.badValue(expected: "a count of at least 1, or a share") }
            self = .count(count)
        } else {
            let share = try setting.double()
            guard (0...1).contains(share) else {
                throw setting.badValue(expected: "a count, or a share from 0 to 1")
            }
            self = .share(share)
        }
    }
}

extension LogisticOptions {
    /// Reads the `logistic:` of a contestant.
    init(setting: Setting) throws {
        self.init()
        let mapping = try setting.mapping(
            known: ["C", "class-weight", "multi-class", "fit-intercept", "tol", "max-iter"])
        C = try mapping["C"]?.positiveDouble() ?? C
        classWeight = try mapping["class-weight"]?.oneOf() ?? classWeight
        multiClass = try mapping["multi-class"]?.oneOf() ?? multiClass
        fitIntercept = try mapping["fit-intercept"]?.bool() ?? fitIntercept
        tolerance = try mapping["tol"]?.positiveDouble() ?? tolerance
        maxIterations = try mapping["max-iter"]?.int(atLeast: 1) ?? maxIterations
    }
}
