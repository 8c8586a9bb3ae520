import Experiments
import Foundation
import TestSupport
import Testing

/// The entry of an ensemble in an experiment file.
@Suite struct EnsembleContestantTests {
    private func contestants(_ entries: String, top: String = "dataset: {file: none.csv}") throws
        -> [ConfiguredContestant]
    {
        let folder = try TemporaryFolder()
        let file = try folder.write("\(top)\ncontestants:\n\(entries)\n", to: "e.yaml")
        return try ExperimentFile(contentsOf: file).contestants
    }

    private static let others = """
          - {id: nb, model: naive-bayes}
          - {id: lr, model: tfidf-logreg}
          - {id: none, model: dummy}

        """

    private func summary(_ entry: String) throws -> String {
        try contestants(Self.others + "  - {id: e, model: ensemble\(entry)}")[3].contestant.summary
    }

    @Test func theSummarySaysHowItIsMade() throws {
        #expect(try summary("") == "soft vote of all others that give probabilities")
        #expect(try summary(", of: [lr, none]") == "soft vote of lr, none")
        #expect(
            try summary(", method: greedy, rounds: 9")
                == "greedy ensemble of all others that give probabilities, by f1-macro on validation, 9 rounds"
        )
    }

    /// The metric is the ranking's unless the entry says another.
    @Test func theMetricIsTheRankings() throws {
        let top = "dataset: {file: none.csv}\nreport: {rank-by: log-loss}"
        let entry = Self.others + "  - {id: e, model: ensemble, method: greedy"
        #expect(try contestants(entry + "}", top: top)[3].contestant.summary.contains("by log-loss"))
        #expect(
            try contestants(entry + ", metric: accuracy}", top: top)[3].contestant.summary.contains(
                "by accuracy"))
    }

    @Test(arguments: [
        (
            ", of: [nb, lrr]",
            "e.yaml:6: contestants[3].of[1]: found 'lrr', expected the id of another contestant: nb, lr, none (did you mean 'lr'?)"
        ),
        (", of: [nb, e]", "expected other contestants, not the ensemble itself"),
        (", of: [nb, nb]", "expected each contestant once"),
        (", of: [nb]", "expected two contestants at least"),
        (", of: []", "expected two contestants at least"),
        (", of: nb", "expected a list"),
        (", method: gredy", "did you mean 'greedy'?"),
        (", rounds: 5", "expected no 'rounds' without 'method: greedy'"),
        (", metric: accuracy", "expected no 'metric' without 'method: greedy'"),
        (", method: greedy, rounds: 0", "expected an integer of at least 1"),
        (", method: greedy, metric: acuracy", "did you mean 'accuracy'?"),
        (", member: [nb]", "unknown key 'contestants[3].member'"),
    ])
    func whatCannotBeIsAnError(entry: String, words: String) {
        let text = errorText { try summary(entry) }
        #expect(text.contains(words) && text.contains("e.yaml:"), "\(text)")
    }

    @Test func membersMustBeThere() throws {
        let text = errorText {
            try contestants(
                "  - {id: nb, model: naive-bayes}\n  - {id: d, model: dummy}\n  - {id: e, model: ensemble}")
        }
        #expect(
            text.hasSuffix(
                "expected two other contestants that take part in its tasks, give probabilities and are no dummies or ensembles, or 'of'"
            ),
            "\(text)")
    }

    /// Told before anything is fitted, where the settings decide it.
    @Test func membersGiveProbabilities() throws {
        let svm = "  - {id: nb, model: naive-bayes}\n  - {id: svm, model: linear-svm}\n"
        for (others, named, words) in [
            (svm, ", of: [nb, svm]", "expected contestants that give probabilities, and 'svm' does not"),
            (svm, "", "expected two other contestants that take part in its tasks, give probabilities"),
            (
                svm + "  - {id: nbsvm, features: tfidf, learner: {nb-svm: {loss: logistic}}}\n",
                ", of: [nb, nbsvm]", ""
            ),
            (svm + "  - {id: lr, model: tfidf-logreg}\n", "", ""),
        ] {
            let text = errorText { try contestants(others + "  - {id: e, model: ensemble\(named)}") }
            #expect(words.isEmpty ? text.isEmpty : text.contains(words), "\(text)")
        }
    }

    @Test func circlesAreErrors() {
        let text = errorText {
            try contestants(
                Self.others
                    + "  - {id: a, model: ensemble, of: [nb, b]}\n  - {id: b, model: ensemble, of: [lr, c]}\n"
                    + "  - {id: c, model: ensemble, of: [a, lr]}")
        }
        #expect(
            text.hasSuffix(
                "expected contestants that are not made of this one: a is made of b is made of c is made of a"
            ), "\(text)")
        #expect(text.contains("e.yaml:6"))
    }

    @Test func membersTakePartInAllTasks() {
        let top = """
            tasks:
              - {name: t, dataset: {file: none.csv}}
              - {name: u, dataset: {file: none.csv}}
            """
        let text = errorText {
            try contestants(
                "  - {id: nb, model: naive-bayes}\n  - {id: lr, model: tfidf-logreg, tasks: u}\n"
                    + "  - {id: e, model: ensemble, of: [nb, lr]}", top: top)
        }
        #expect(
            text.hasSuffix(
                "expected contestants that take part in all tasks of 'e', and 'lr' does not in 't'"),
            "\(text)")
        #expect(
            errorText {
                try contestants(
                    "  - {id: nb, model: naive-bayes}\n  - {id: lr, model: tfidf-logreg, tasks: u}\n"
                        + "  - {id: e, model: ensemble, of: [nb, lr], tasks: u}", top: top)
            }.isEmpty)
    }

    @Test func otherNamesAreUnderstood() {
        #expect(FamilyRegistry.standard.suggestion(for: "VotingClassifier") == "ensemble")
        #expect(FamilyRegistry.standard.suggestion(for: "soft_vote") == "ensemble")
    }

    /// What is done before it is told by the plan.
    @Test func thePlanNamesTheMembers() throws {
        let small = try EnsembleExperiment.small()
        let lines = try small.items().map { try $0.line() }
        #expect(lines[1].contains("\"members\":[\"nb\",\"lr\",\"drawn\"]"))
        #expect(!lines[3].contains("members"))
    }
}
