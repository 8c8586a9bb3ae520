import Evaluation
import Experiments
import Foundation
import Results
import SettingKeys
import TestSupport
import Testing

/// Chains, thresholds by SCutFBR and rankings of labels, from the experiment file to the report and to what predicts.
@Suite struct LabelSetRunTests {
    private static let yaml = """
        name: sets
        dataset:
          file: messages.csv
          columns: {id: id, text: text}
          labels:
            kind: multilabel
            column: emotions
            separator: "|"
            names: [anger, disgust, fear, joy, sadness, surprise, neutral]
        split: {train: 0.3, validation: 0.2, test: 0.5, seed: 3}
        contestants:
          - {id: plain, model: linear-svm, tfidf: {max-features: 300}}
          - {id: cut, model: linear-svm, tfidf: {max-features: 300}, svm: {thresholds: scutfbr}}
          - id: chained
            model: tfidf-logreg
            tfidf: {max-features: 300}
            logistic: {chain: random, chain-method: predict-proba, label-C: {disgust: 10}}
          - id: searched
            model: tfidf-logreg
            tfidf: {max-features: 300}
            search: {thresholds: [none, scutfbr]}
        report: {rank-by: ndcg-at-3}

        """

    private func small(_ yaml: String = yaml) throws -> SmallExperiment {
        let messages = checkout.appending(path: "datasets/front-desk/messages.csv")
        return try SmallExperiment(
            yaml, files: ["messages.csv": String(contentsOf: messages, encoding: .utf8)])
    }

    @Test func chainsAndThresholdsTakePart() throws {
        let small = try small()
        let results = try small.run()
        func contestant(_ id: String) throws -> ContestantResults {
            try #require(results.contestants.first { $0.id == id })
        }
        let (plain, cut) = (try contestant("plain").test, try contestant("cut").test)
        #expect(try #require(cut[.f1Macro]) > #require(plain[.f1Macro]))
        #expect(
            try contestant("cut").summary.hasSuffix("linear SVM, C 1.0, thresholds by SCutFBR on 3 folds"))
        #expect(
            try contestant("chained").summary.hasSuffix(
                "classifier chain of one-vs-rest logistic regression, C 1.0, C of disgust 10.0, in random order, "
                    + "by the probabilities of earlier labels"))
        let search = try #require(try contestant("searched").notices.first)
        #expect(search.contains("f1-macro: thresholds scutfbr (thresholds none: "), "\(search)")

        // Those that decide without probabilities rank no labels.
        #expect(results.experiment.rankBy == .ndcgAt3 && plain[.ndcgAt3] == nil && cut[.precisionAt1] == nil)
        #expect(Set(results.ranked.prefix(2).map(\.id)) == ["chained", "searched"])
        for id in ["chained", "searched"] {
            let score = try #require(try contestant(id).test[.ndcgAt3])
            let interval = try #require(results.analysis?.intervals[id]?[.ndcgAt3])
            #expect(interval.low < score && score < interval.high)
        }
        let pair = try #require(
            results.analysis?.comparisons.first { Set([$0.first, $0.second]) == ["chained", "searched"] })
        #expect(pair.pValue != nil)
        let layout = RunLayout(small.place("report"))
        try verifyResults(ExperimentResults(contentsOf: layout), in: layout)

        // What was saved predicts as it did in the run.
        let model = try SavedModel(folder: small.place("models/chained"))
        let rows = try small.read("report/predictions/chained.csv").split(separator: "\n").dropFirst()
        // Messages without commas and quotes.
        let messages = try small.read("messages.csv").split(separator: "\n").map { $0.split(separator: ",") }
        let texts = Dictionary(
            uniqueKeysWithValues: messages.filter { $0.count == 5 }.map { ($0[0], String($0[1])) })
        let known = rows.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            .filter { texts[$0[0]] != nil }
        #expect(known.count > 50)
        let told = try model.predict(known.compactMap { texts[$0[0]] })
        for (fields, prediction) in zip(known, told) {
            let stored = fields.suffix(7).compactMap { Double($0) }
            #expect(largestDifference(prediction.probabilities.map(\.probability), stored) < 1e-6)
        }
    }

    @Test(arguments: [
        ("svm: {thresholds: scutfbr}", "svm: {chain: [anger]}", "chain: the labels are anger, disgust"),
        ("label-C: {disgust: 10}", "label-C: {disgusting: 10}", "label-C: the labels are anger, disgust"),
        ("rank-by: ndcg-at-3", "rank-by: ndcg-at-2", "did you mean 'ndcg-at-"),
        ("kind: multilabel", "kind: multiclass", "report.rank-by: ndcg-at-3 is no metric of this task"),
    ])
    func mistakesAreToldBeforeAnythingIsFitted(old: String, new: String, words: String) throws {
        let small = try small()
        try small.replace(old, with: new)
        if new == "kind: multiclass" {
            try small.replace("\n    separator: \"|\"", with: "")
            try small.replace("column: emotions", with: "column: sentiment")
            try small.replace(
                "[anger, disgust, fear, joy, sadness, surprise, neutral]",
                with: "[negative, neutral, positive]")
        }
        let error = errorText { try small.engine().plan() }
        #expect(error.contains(words), "\(error)")
    }
}
