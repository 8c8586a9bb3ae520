import Experiments
import Foundation
import Labels
import TestSupport
import Testing
import TextClassifiers

/// `search:` over the settings of TF-IDF and of what learns from it.
@Suite struct SearchTests {
    private func contestant(_ entry: String) throws -> any Contestant {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "dataset: {file: none.csv}\ncontestants:\n  - {id: a, \(entry)}\n", to: "e.yaml")
        return try ExperimentFile(contentsOf: file).contestants[0].contestant
    }

    /// Stop words may stand in the experiment file itself, as scikit-learn takes a list.
    @Test func stopWordsMayBeAList() throws {
        let entry = "model: tfidf-logreg, tfidf: {stop-words: [the, a, an]}"
        #expect(try contestant(entry).summary.contains("without 3 stop words"))
        #expect(throws: (any Error).self) { try contestant("model: tfidf-logreg, tfidf: {stop-words: []}") }
        #expect(throws: (any Error).self) {
            try contestant("model: tfidf-logreg, tfidf: {stop-words: german}")
        }
    }

    private func summary(_ search: String) throws -> String {
        try contestant("model: tfidf-logreg, search: {\(search)}").summary
    }

    @Test func aSearchNamesItsKeysInAnyWay() throws {
        let dotted = try summary("tfidf.max-features: [2, 50], C: [0.1, 1]")
        #expect(dotted.hasPrefix("best of 4 settings of max-features, C by f1-macro on validation; else"))
        #expect(try summary("max-features: [2, 50], C: [0.1, 1]") == dotted)
        #expect(try summary("tfidf: {max-features: [2, 50]}, logistic: {C: [0.1, 1]}") == dotted)
        #expect(try summary("tfidf: {max-features: [2, 50]}, logistic.C: [0.1, 1]") == dotted)
        #expect(try summary("ngram-range: [[1, 1], [1, 2]]").contains("best of 2 settings of ngram-range"))
        #expect(
            try summary("C: [1, 10], metric: accuracy")
                == "TF-IDF of all terms, best of 2 settings of C by accuracy on validation; "
                + "else one-vs-rest logistic regression, C 1.0")
        // Both parts of naive Bayes have a norm; the bare key is the learner's.
        let bayes = try contestant(
            "model: naive-bayes, search: {norm: [true, false], tfidf.norm: [l1, l2]}")
        #expect(bayes.summary.contains("best of 4 settings of norm, tfidf.norm"))
    }

    @Test(arguments: [
        ("max-feature: [2]", "did you mean 'max-features'?"), ("tfidf.C: [1]", "tfidf.C"),
        ("C: [1], logistic.C: [2]", "'C' is there twice"),
        ("C: [1, 2, 1]", "search.C[2]: found '1', expected each value once"),
        ("C: 1", "expected a list"),
        ("C: []", "a list of values"), ("min-df: [0]", "min-df"), ("max-features: [many]", "'many'"),
        ("metric: accuracy", "a list of values"), ("metric: acuracy, C: [1]", "did you mean 'accuracy'?"),
        ("tfidf: 5, C: [1]", "expected a mapping"),
    ])
    func whatCannotBeSearchedIsAnError(search: String, words: String) {
        #expect {
            _ = try summary(search)
        } throws: { error in
            let text = "\(error)"
            return text.contains(words) && text.contains("e.yaml:3")
        }
    }

    /// Two terms tell the classes apart only if `max-features` keeps both; what is chosen is what validation shows.
    @Test func validationChoosesTheVectorsToo() throws {
        let space = try LabelSpace(kind: .binary, names: ["ham", "spam"])
        let texts = (0..<12).map { $0 % 2 == 0 ? "the hotel was quiet" : "the hotel has prizes" }
        let examples = Examples(texts: texts, targets: .classes((0..<12).map { $0 % 2 }))
        let fitted = try contestant(
            "model: naive-bayes, search: {max-features: [2, 50], alpha: [1, 0.1], metric: accuracy}"
        ).classifier(ContestantResources(cache: URL(fileURLWithPath: "/none"))).fit(
            examples.texts, examples.targets, labelSpace: space, validation: examples)
        #expect(fitted.notices.count == 1)
        #expect(
            fitted.notices[0].hasPrefix(
                "chosen on validation by accuracy: max-features 50, alpha 1 (max-features 2, alpha 1: 0.5000;"
            ),
            "\(fitted.notices)")
        let probabilities = try fitted.probabilities(of: ["quiet", "prizes"])
        #expect(probabilities.decisions(kind: .binary) == .classes([0, 1]))
    }
}

@Suite struct ContestantNameTests {
    @Test(arguments: [
        ("tfidf-lr", "tfidf-logreg"), ("TF-IDF", "tfidf-logreg"), ("logistic_regression", "tfidf-logreg"),
        ("LogisticRegression", "tfidf-logreg"), ("tfidf-logregg", "tfidf-logreg"),
        ("tfidf + logistic", "tfidf-logreg"), ("svm", "linear-svm"), ("LinearSVC", "linear-svm"),
        ("tfidf+svm", "linear-svm"), ("linear_svm", "linear-svm"), ("nb", "naive-bayes"),
        ("multinomial-nb", "naive-bayes"), ("NaiveBayes", "naive-bayes"), ("bert", "fine-tuned"),
        ("bert-base-uncased", "fine-tuned"), ("finetune", "fine-tuned"), ("majority", "dummy"),
        ("most_frequent", "dummy"), ("Vader", "vader"), ("sentence-transformers", "frozen-encoder"),
        ("multitask", "multi-task"), ("predictions", "external"),
    ])
    func whatIsMeantIsSuggested(name: String, model: String) {
        #expect(FamilyRegistry.standard.suggestion(for: name) == model)
    }

    @Test func nothingIsSuggestedForNoReason() {
        #expect(FamilyRegistry.standard.suggestion(for: "xgboost") == nil)
        #expect(FamilyRegistry.standard.suggestion(for: "") == nil)
    }

    /// A name must not mean two families.
    @Test func noNameIsTakenTwice() {
        for model in FamilyRegistry.standard.models {
            #expect(FamilyRegistry.standard.suggestion(for: model) == model)
        }
    }
}

/// What newcomers write in `contestants:`.
@Suite struct ContestantEntryTests {
    private func contestants(_ list: String) throws -> [ConfiguredContestant] {
        let folder = try TemporaryFolder()
        let file = try folder.write("dataset: {file: none.csv}\ncontestants: [\(list)]\n", to: "e.yaml")
        return try ExperimentFile(contentsOf: file).contestants
    }

    @Test func aFamilyAloneIsOneWithItsDefaults() throws {
        let short = try contestants("tfidf-logreg, {model: dummy}, {id: b, model: dummy}")
        #expect(short.map(\.id) == ["tfidf-logreg", "dummy", "b"])
        #expect(short.map(\.model) == ["tfidf-logreg", "dummy", "dummy"])
        #expect(
            short[0].contestant.summary
                == (try contestants("{id: x, model: tfidf-logreg}"))[0].contestant.summary)
    }

    @Test(arguments: [
        ("{id: a, model: tfidf-logreg, max-features: 5}", "did you mean 'tfidf: {max-features: ...}'?"),
        ("{id: a, model: tfidf-logreg, ngram_range: 5}", "did you mean 'tfidf: {ngram-range: ...}'?"),
        ("{id: a, model: tfidf-logreg, C: 5}", "did you mean 'logistic: {C: ...}'?"),
        ("{id: a, model: linear-svm, class-weight: balanced}", "did you mean 'svm: {class-weight: ...}'?"),
        ("{id: a, model: naive-bayes, alpha: 1}", "did you mean 'naive-bayes: {alpha: ...}'?"),
        ("{id: a, model: fine-tuned, encoder: x, epochs: 1}", "did you mean 'training: {epochs: ...}'?"),
        ("{id: a, model: frozen-encoder, encoder: x, C: 1}", "did you mean 'head: {C: ...}'?"),
        ("tfidf-lr", "did you mean 'tfidf-logreg'?"), ("dummy, dummy", "'dummy' is taken"),
        ("{id: a, model: tfidf-logreg, tfidf: {ngram-range: 2}}", "such as [1, 2]"),
        ("[tfidf-logreg]", "expected a mapping"),
    ])
    func aKeyInTheWrongPlaceIsToldItsOwn(list: String, words: String) {
        #expect {
            _ = try contestants(list)
        } throws: { "\($0)".contains(words) }
    }
}
