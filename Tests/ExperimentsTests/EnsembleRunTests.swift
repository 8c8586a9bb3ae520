import Experiments
import Foundation
import Results
import SafeFiles
import Synchronization
import TestSupport
import Testing
import TextClassifiers

/// Ensembles as contestants of a run.
@Suite struct EnsembleRunTests {
    private func verify(_ small: SmallExperiment) throws {
        let layout = RunLayout(small.place("report"))
        try verifyResults(ExperimentResults(contentsOf: layout), in: layout)
    }

    /// What is stored is the mean of what the members have stored, by the votes that are told.
    @Test func storesTheMeanOfWhatIsStored() throws {
        let small = try EnsembleExperiment.small()
        var told: [String] = []
        let results = try small.engine { $0.seeds = 2 }.run { told.append("\($0)") }
        #expect(results.contestants.map(\.id) == ["best", "vote", "drawn", "nb", "lr", "few", "svm"])
        let (best, vote) = (results.contestants[0], results.contestants[1])
        #expect(vote.summary == "soft vote of nb, lr, drawn" && vote.isProbabilistic)
        #expect(vote.ensembles == [EnsembleRecord(softVoteOf: ["nb", "lr", "drawn"])])
        for folder in ["report", "report/seeds/43"] {
            for validation in [false, true] {
                #expect(
                    try small.probabilities("vote", in: folder, validation: validation)
                        == small.mean(
                            of: [("nb", 1), ("lr", 1), ("drawn", 1)], in: folder, validation: validation))
            }
        }
        // By default all others but dummies, ensembles and those without probabilities.
        let record = try #require(best.ensembles?.first)
        #expect(record.members == ["nb", "lr", "few"] && record.metric == .logLoss && record.rounds == 6)
        #expect(best.notices == ["made without svm: no probabilities"])
        #expect(
            try small.probabilities("best")
                == small.mean(of: record.voters.map { (record.members[$0], record.votes[$0]) }))
        let singles = results.contestants.filter { record.members.contains($0.id) }
        let losses = singles.compactMap { $0.validation?[.logLoss] }
        let lowest = try #require(losses.min())
        #expect(try #require(record.score) <= lowest + 1e-12)
        #expect(abs(try #require(record.score) - (best.validation?[.logLoss] ?? .nan)) < 1e-6)
        try verify(small)
        // Members come first, though they stand behind in the file.
        let fitted = told.filter { $0.hasSuffix(": fitting") }.map { $0.prefix { $0 != ":" } }
        #expect(fitted.prefix(7) == ["drawn", "nb", "lr", "few", "svm", "best", "vote"])
        #expect(try small.told { $0.seeds = 2 }.count { $0.hasSuffix("stored result is up to date") } == 14)
        // What it costs is what its members cost.
        let costs = results.timings.contestants
        #expect(costs["vote"]?.keptForFit?.name == "members" && costs["nb"]?.keptForFit == nil)
        #expect(try #require(costs["vote"]?.wholeFitSeconds) >= #require(costs["lr"]?.fitSeconds))
    }

    @Test(arguments: [
        "{folds: 3, validation: 0.25, seed: 5}", "{folds: 3, repeats: 2, validation: 0.25, seed: 5}",
    ])
    func eachFoldHasAnEnsembleOfItsOwn(split: String) throws {
        let small = try EnsembleExperiment.small()
        try small.replace("{train: 0.5, validation: 0.25, test: 0.25, seed: 1}", with: split)
        let results = try small.run()
        let best = results.contestants[0]
        #expect(best.ensembles?.count == results.folds?.count && best.test.support == 60)
        for fold in 0..<3 {
            let own = try ExperimentResults(contentsOf: RunLayout(small.place("report/folds/\(fold)")))
            #expect(own.contestants[0].ensembles == [try #require(best.ensembles)[fold]])
        }
        #expect(
            try small.probabilities("vote") == small.mean(of: [("nb", 1), ("lr", 1), ("drawn", 1)]))
        try verify(small)
    }

    /// Without validation there are votes of the same weight, and no selection.
    @Test func withoutValidationAllWeighTheSame() throws {
        let small = try EnsembleExperiment.small()
        try small.replace(
            "{train: 0.5, validation: 0.25, test: 0.25, seed: 1}", with: "{folds: 3, validation: 0}")
        #expect(
            errorText { try small.run() }
                == "contestant 'best': 'method: greedy' decides on validation, and the split has no validation part; "
                + "give it a share, or choose 'method: soft-vote'")
        #expect(!small.exists("report/predictions"))
        try small.replace(", method: greedy, rounds: 6, metric: log-loss", with: "")
        let results = try small.run()
        #expect(results.contestants[0].ensembles?.map(\.votes) == Array(repeating: [1, 1, 1], count: 3))
        try verify(small)
    }

    @Test func tasksHaveEnsemblesOfTheirOwn() throws {
        let small = try EnsembleExperiment.small(
            """
            tasks:
              - {name: spam, dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}}
              - {name: kind, dataset: {file: data.csv, columns: {id: id}, labels: {column: kind}}}
            contestants:
              - {id: nb, model: naive-bayes}
              - {id: lr, model: tfidf-logreg}
              - {id: one, model: tfidf-logreg, tfidf: {max-features: 4}, tasks: kind}
              - {id: both, model: ensemble, method: greedy}
              - {id: own, model: ensemble, tasks: kind}
            report: {analysis: false, rank-by: accuracy}

            """)
        let results = try small.run()
        let (spam, kind) = (results.tasks[0].contestants, results.tasks[1].contestants)
        #expect(
            spam.map(\.id) == ["nb", "lr", "both"] && kind.map(\.id) == ["nb", "lr", "one", "both", "own"])
        #expect(spam[2].ensembles?[0].members == ["nb", "lr"] && spam[2].ensembles?[0].metric == .accuracy)
        #expect(kind[4].ensembles?[0].members == ["nb", "lr", "one"])
        try verify(small)
        let model = try SavedModel(folder: small.place("models/own/kind"))
        #expect(model.labelSpace.names == ["x", "y"])
        #expect(try model.predict(["see you x0"]).count == 1)
    }

    /// An ensemble of ensembles is made after these.
    @Test func ensemblesMayBeMadeOfEnsembles() throws {
        let small = try EnsembleExperiment.small()
        try small.replace(
            "contestants:", with: "contestants:\n  - {id: all, model: ensemble, of: [vote, best, few]}")
        let results = try small.run()
        #expect(results.contestants[0].ensembles == [EnsembleRecord(softVoteOf: ["vote", "best", "few"])])
        #expect(try small.probabilities("all") == small.mean(of: [("vote", 1), ("best", 1), ("few", 1)]))
        try verify(small)
        let texts = ["win cash now", "see you late"]
        #expect(try SavedModel(folder: small.place("models/all")).predict(texts).count == 2)
    }

    // MARK: Going on

    /// Whenever a run is stopped, it goes on to the same bytes.
    @Test func aStoppedRunGoesOnToTheSameBytes() throws {
        let whole = try EnsembleExperiment.small()
        try whole.run { $0.seeds = 2 }
        let expected = try whole.bytes()
        #expect(expected.count > 20)
        let small = try EnsembleExperiment.small()
        var stops = 0
        for limit in 1...60 {
            let asked = Mutex(0)
            do {
                // Each time it is stopped somewhat later.
                try small.run { options in
                    options.seeds = 2
                    options.shouldStop = {
                        asked.withLock {
                            $0 += 1; return $0 > limit
                        }
                    }
                }
                break
            } catch is RunStopped { stops += 1 }
        }
        #expect(stops > 2)
        #expect(try small.bytes() == expected)
        try verify(small)
    }

    @Test func shardsInAnyOrderMakeTheSameBytes() throws {
        let whole = try EnsembleExperiment.small()
        try whole.run { $0.seeds = 2 }
        for order in [[1, 2, 3], [3, 1, 2], [2, 3, 1]] {
            let small = try EnsembleExperiment.small()
            for number in order.dropLast() {
                let came = try small.engine { ($0.seeds, $0.shard) = (2, Shard(number: number, of: 3)) }
                    .shardRun { _ in }
                #expect(came == nil)
            }
            try small.run { ($0.seeds, $0.shard) = (2, Shard(number: order[2], of: 3)) }
            #expect(try small.bytes() == whole.bytes(), "\(order)")
        }
    }

    @Test func threadsShareTheWork() async throws {
        let whole = try EnsembleExperiment.small()
        try whole.run { $0.seeds = 2 }
        let small = try EnsembleExperiment.small()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { _ = try small.run { $0.seeds = 2 } } }
            try await group.waitForAll()
        }
        #expect(try small.bytes() == whole.bytes())
    }

    /// An ensemble is made again whenever its members are other ones, or predict otherwise.
    @Test func isMadeAgainWhereAMemberChanged() throws {
        let small = try EnsembleExperiment.small()
        try small.run()
        let digests = try small.items().map(\.digest)
        #expect(errorText { try small.run { $0.only = ["vote"] } }.isEmpty)
        try small.replace(
            "{id: nb, model: naive-bayes}", with: "{id: nb, model: naive-bayes, naive-bayes: {alpha: 0.5}}")
        let changed = zip(try small.items(), digests).filter { $0.digest != $1 }.map(\.0.id)
        #expect(changed == ["best", "vote", "nb"])
        #expect(
            errorText { try small.run { $0.only = ["vote"] } }
                == "contestant 'vote': its member 'nb' has no result that is up to date; run it too, by '--only nb' or "
                + "without --only")
        let told = try small.told()
        #expect(
            told.filter { $0.hasSuffix(": fitting") } == ["nb: fitting", "best: fitting", "vote: fitting"])
        // Whose stored predictions were removed is fitted again. It predicts as before, so that its ensembles stand.
        try small.remove("report/predictions/few.csv")
        #expect(try small.items().filter { $0.costWhenDone == nil }.map(\.id) == ["best", "few"])
        let again = try small.told()
        #expect(again.filter { $0.hasSuffix(": fitting") } == ["few: fitting"])
        try verify(small)
    }

    // MARK: Verification

    private func disagreement(_ change: (SmallExperiment, inout ExperimentResults) throws -> Void) throws
        -> String
    {
        let small = try EnsembleExperiment.small()
        var results = try small.run()
        try change(small, &results)
        let layout = RunLayout(small.place("report"))
        try results.write(to: layout)
        return errorText { try verify(small) }
    }

    @Test func verifyingMakesEnsemblesAgain() throws {
        #expect(try disagreement { _, _ in }.isEmpty)
        let votes = try disagreement { _, results in
            results.tasks[0].contestants[1].ensembles?[0].votes = [1, 2, 1]
        }
        #expect(votes.contains("of the ensemble vote"), "\(votes)")
        let rounds = try disagreement { _, results in
            results.tasks[0].contestants[0].ensembles?[0].score = 0.5
        }
        #expect(rounds.contains("the votes of the ensemble best"), "\(rounds)")
        let member = try disagreement { _, results in
            results.tasks[0].contestants[1].ensembles?[0].members[0] = "gone"
        }
        #expect(member.contains("no such contestant"), "\(member)")
        // A member's stored probability that is another one, where all that is said of it is mended.
        let probability = try disagreement { small, results in
            let file = small.place("report/predictions/nb.csv")
            var lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
            var cells = lines[1].components(separatedBy: ",")
            let p = try #require(Float(cells[3]))
            cells[3] = "\(p > 0.5 ? p - 0.001 : p + 0.001)"
            lines[1] = cells.joined(separator: ",")
            try Data(lines.joined(separator: "\n").utf8).write(to: file)
            let predictions = try Predictions(contentsOf: file, labelSpace: results.dataset.labelSpace)
            results.tasks[0].contestants[3].predictionsSHA256 = try small.sha256(
                of: "report/predictions/nb.csv")
            results.tasks[0].contestants[3].test = predictions.scorecard(isProbabilistic: true)
        }
        #expect(
            probability.contains("test, id 'r") && probability.contains("of the ensemble"), "\(probability)")
    }

    // MARK: Failing

    /// A member that fails takes its ensembles with it, and nobody else.
    @Test func aFailedMemberIsNamed() throws {
        let small = try EnsembleExperiment.small()
        try small.replace(
            "{id: drawn, model: dummy, strategy: prior}",
            with: "{id: drawn, model: command, command: [\"false\"]}")
        let run = try small.engine { $0.allowsPrograms = { _ in true } }.assembledRun { _ in }
        #expect(run.results.contestants.map(\.id) == ["nb", "lr", "few", "svm"])
        #expect(run.failures.map(\.contestant) == ["drawn", "best", "vote"])
        #expect(
            run.failures.last.map { "\($0)" } == "contestant 'vote': its member 'drawn' failed")
    }

    @Test func membersWithoutWhatIsNeededAreErrors() throws {
        let outside = try EnsembleExperiment.small()
        let results = try outside.run { $0.only = ["nb"] }
        #expect(results.contestants.map(\.id) == ["nb"])
        try outside.write(outside.read("report/predictions/nb.csv"), to: "mine.csv")
        try outside.replace(
            "{id: drawn, model: dummy, strategy: prior}",
            with: "{id: drawn, model: external, predictions: mine.csv}")
        #expect(
            errorText { try outside.run() }
                == "contestant 'best': 'method: greedy' decides on validation, and what 'drawn' predicts there is not "
                + "known; give it 'validation', or leave it out of 'of'")
        try outside.replace("method: greedy", with: "of: [nb, lr], method: greedy")
        let whole = try outside.run()
        #expect(whole.contestants[1].validation == nil && whole.contestants[0].validation != nil)
        try verify(outside)
        // Its model cannot be read back, and the others' can.
        let models = try SavedModels(in: outside.place("models"))
        #expect(models.models.map(\.id) == ["best", "few", "lr", "nb", "svm"])
        #expect(
            models.notices.contains(
                "vote is left out: it is made of 'drawn', and its predictions were made elsewhere"))
        #expect(
            errorText { try SavedModel(folder: outside.place("models/vote")) }.contains(
                "the ensemble's member 'drawn' cannot be read back from"))
        let silent = try EnsembleExperiment.small()
        let predicted = try outside.read("report/predictions/nb.csv").split(separator: "\n").map { line in
            let fields = line.split(separator: ",")
            return "\(fields[0]),\(fields[2])\n"
        }
        try silent.write(predicted.joined(), to: "labels.csv")
        try silent.replace(
            "{id: drawn, model: dummy, strategy: prior}",
            with: "{id: drawn, model: external, predictions: labels.csv}")
        try silent.replace(
            "{id: best, model: ensemble, method: greedy, ",
            with: "{id: best, model: ensemble, of: [nb, lr], method: greedy, ")
        #expect(
            errorText { try silent.run() }
                == "contestant 'vote': its member 'drawn' decides without probabilities, which an ensemble is the mean of; "
                + "leave it out of 'of'")
        try silent.replace("of: [nb, lr], method: greedy, ", with: "method: greedy, ")
        try silent.replace("{id: nb, model: naive-bayes}", with: "{id: nb, model: linear-svm}")
        try silent.replace("{id: few, model: tfidf-logreg, ", with: "{id: few, model: linear-svm, ")
        try silent.replace("[nb, lr, drawn]", with: "[lr, drawn]")
        #expect(
            errorText { try silent.run() }
                == "contestant 'best': it needs two contestants that give probabilities, found 'lr' alone")
    }

    // MARK: Models

    @Test func savedModelsPredictWhatTheRunStored() throws {
        let small = try EnsembleExperiment.small()
        try small.run()
        try FileManager.default.moveItem(at: small.place("models"), to: small.place("moved"))
        let rows = try small.read("data.csv").split(separator: "\n").dropFirst().map {
            $0.split(separator: ",")
        }
        let texts = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], String($0[1])) })
        for id in ["vote", "best"] {
            let ids = try small.read("report/predictions/\(id).csv").split(separator: "\n").dropFirst()
                .map { $0.prefix { $0 != "," } }
            let predicted = try SavedModel(folder: small.place("moved/\(id)")).predict(
                ids.compactMap { texts[$0] })
            #expect(
                predicted.map { $0.probabilities.map { Float($0.probability) } }
                    == (try small.probabilities(id)))
        }
        try small.remove("moved/lr")
        #expect(
            errorText { try SavedModel(folder: small.place("moved/vote")) }.contains(
                "the ensemble's member 'lr' cannot be read back from"))
        try small.write("{\"format\":1}", to: "moved/vote/ensemble.json")
        #expect(
            errorText { try SavedModel(folder: small.place("moved/vote")) }.contains(
                "ensemble.json is not what an ensemble writes"))
    }
}

extension SmallExperiment {
    fileprivate func sha256(of name: String) throws -> String { try PackableFile(place(name)).sha256() }
}
