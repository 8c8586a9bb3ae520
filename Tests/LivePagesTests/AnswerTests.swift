import Experiments
import Foundation
import LivePages
import TestSupport
import Testing

/// What a page is told is what the models say.
@Suite struct AnswerTests {
    private let run: ServedRun

    init() throws { run = try ServedRun() }

    private func model(_ name: String) throws -> SavedModel {
        try SavedModel(folder: run.folder.file("models/\(name)"))
    }

    private func contestants(_ answer: [String: Any]) throws -> [[String: Any]] {
        try #require(answer["contestants"] as? [[String: Any]])
    }

    @Test func theSiteTellsTasksAndThresholds() async throws {
        let response = await run.handler.handleRequest(ServedRun.request("site.json"))
        let body = try await response.bodyData
        let site = try #require(JSONSerialization.jsonObject(with: body) as? [String: Any])
        #expect(site["title"] as? String == "served")
        let tasks = try #require(site["tasks"] as? [[String: Any]])
        #expect(tasks.map { $0["name"] as? String } == ["sentiment", "topics"])
        #expect(tasks[0]["labels"] as? [String] == ["negative", "neutral", "positive"])
        #expect(tasks[1]["kind"] as? String == "multilabel")
        let sentiment = try contestants(tasks[0])
        #expect(sentiment.map { $0["id"] as? String } == ["majority", "svm", "vader", "words"])
        #expect(sentiment.map { $0["isProbabilistic"] as? Bool } == [false, false, false, true])
        #expect(sentiment.allSatisfy { $0["thresholds"] == nil })
        let words = try #require(try contestants(tasks[1]).last)
        #expect(words["id"] as? String == "words" && words["thresholds"] as? [Double] == [0.3, 0.3])
        // What is left out is said.
        #expect(run.contents.notices.count { $0.contains("elsewhere is left out") } == 1)
    }

    @Test func answersAreThoseOfThePredictCommand() async throws {
        for (task, names) in [
            (0, ["majority/sentiment", "svm/sentiment", "vader/sentiment", "words/sentiment"]),
            (1, ["majority/topics", "words/topics"]),
        ] {
            let text = "the food was great, the room awful"
            let answer = try await run.ask("answers", try ServedRun.question(text, task: task))
            let all = try contestants(answer)
            #expect(all.count == names.count)
            for (contestant, name) in zip(all, names) {
                let expected = try model(name).predict([text])[0]
                let said = try #require(contestant["said"] as? [String: Any])
                #expect(said["labels"] as? [String] == expected.predicted)
                // Foundation reads some numbers of JSON with another last bit.
                let probabilities = try #require(said["probabilities"] as? [Double])
                #expect(largestDifference(probabilities, expected.probabilities.map(\.probability)) < 1e-15)
                #expect(contestant["typed"] == nil)
            }
        }
    }

    @Test func whatIsDoneToASentenceIsAskedBesideIt() async throws {
        let question = try ServedRun.question("the food was not great", dropped: [0], edits: ["negate"])
        let answer = try await run.ask("answers", question)
        #expect(answer["asked"] as? String == "food was great")
        #expect(answer["words"] as? [String] == ["the", "food", "was", "not", "great"])
        let vader = try contestants(answer)[2]
        #expect((vader["said"] as? [String: Any])?["labels"] as? [String] == ["positive"])
        #expect((vader["typed"] as? [String: Any])?["labels"] as? [String] == ["negative"])
    }

    @Test func thoseWhoAgreeStandTogether() async throws {
        let answer = try await run.ask("answers", try ServedRun.question("the food was great"))
        let groups = try #require(answer["groups"] as? [[String: Any]])
        let said = try contestants(answer).map {
            ($0["said"] as? [String: Any])?["labels"] as? [String] ?? []
        }
        let sizes = groups.map { ($0["contestants"] as? [String])?.count ?? 0 }
        #expect(sizes == sizes.sorted(by: >) && sizes.reduce(0, +) == 4)
        #expect(Set(groups.map { $0["labels"] as? [String] ?? [] }) == Set(said))
        #expect(groups[0]["labels"] as? [String] == ["positive"] && sizes[0] == 3)
    }

    @Test func explanationsAreThoseOfTheExplainCommand() async throws {
        let text = "the food was VERY great, 7 times"
        let answer = try await run.ask("explanations", try ServedRun.question(text))
        let all = try contestants(answer)
        #expect((all[0]["problem"] as? String)?.hasPrefix("dummy cannot explain a prediction: ") == true)
        guard case .lexicon(let trace) = try model("vader/sentiment").explanation(of: text) else {
            Issue.record("no trace")
            return
        }
        let lexicon = try #require(all[2]["lexicon"] as? [String: Any])
        #expect(lexicon["sum"] as? Double == trace.sum)
        #expect((lexicon["tokens"] as? [[String: Any]])?.count == trace.tokens.count)
        for (place, name) in [(1, "svm/sentiment"), (3, "words/sentiment")] {
            guard case .terms(let labels) = try model(name).explanation(of: text) else {
                Issue.record("no terms")
                return
            }
            let told = try #require(all[place]["labels"] as? [[String: Any]])
            #expect(told.map { $0["label"] as? String } == labels.map(\.label))
            for (told, label) in zip(told, labels) {
                let terms = try #require(told["terms"] as? [[String: Any]])
                #expect(terms.map { $0["term"] as? String } == label.terms.prefix(12).map(\.term))
                // What is told adds up to the score.
                let sum = terms.reduce(0) { $0 + ($1["contribution"] as? Double ?? .nan) }
                let bias = try #require(told["bias"] as? Double), rest = try #require(told["rest"] as? Double)
                #expect(abs(sum + bias + rest - label.score) < 1e-12)
                #expect(told["more"] as? Int == max(0, label.terms.count - 12))
            }
        }
    }

    @Test func everyChangeIsTried() async throws {
        let text = "the food was great"
        let answer = try await run.ask("tryouts", try ServedRun.question(text))
        let rows = try #require(answer["rows"] as? [[String: Any]])
        #expect(
            rows.map { $0["text"] as? String } == [
                "the food was not great", "the food was gerat", "THE FOOD WAS GREAT",
                "food was great", "the was great", "the food great", "the food was",
            ])
        #expect(rows.map { $0["dropped"] as? String } == [nil, nil, nil, "the", "food", "was", "great"])
        #expect(answer["contestants"] as? [String] == ["majority", "svm", "vader", "words"])
        let words = try model("words/sentiment")
        let before = try words.predict([text])[0]
        let top = try #require(before.top(1).first)
        for row in rows {
            let after = try words.predict([try #require(row["text"] as? String)])[0]
            let outcome = try #require((row["contestants"] as? [[String: Any]])?[3])
            #expect(outcome["flips"] as? Bool == (after.predicted != before.predicted))
            #expect(outcome["labels"] as? [String] == after.predicted)
            let now = try #require(after.probabilities.first { $0.label == top.label }).probability
            let change = try #require(outcome["change"] as? Double)
            #expect(abs(change - (now - top.probability)) < 1e-15)
        }
        let flips = rows.map { (($0["contestants"] as? [[String: Any]])?[2]["flips"] as? Bool) ?? false }
        // VADER's positive word is negated, misspelt or left out.
        #expect(flips == [true, true, false, false, false, false, true])
    }

    @Test func veryLongSentencesAreTriedInPart() async throws {
        let text = (0..<70).map { "word\($0)" }.joined(separator: " ")
        let answer = try await run.ask("tryouts", try ServedRun.question(text))
        #expect(answer["untried"] as? Int == 10)
        #expect((answer["rows"] as? [[String: Any]])?.count == 63)
    }
}
