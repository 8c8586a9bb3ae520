import Experiments
import FlyingFox
import Foundation
import LivePages
import Results
import TestSupport
import Testing

/// What a page is about.
@Suite struct PageContentsTests {
    private func tasks(_ contents: PageContents) async throws -> [[String: Any]] {
        let handler = PageHandler(address: ServedRun.address, site: PageSite(contents))
        let response = await handler.handleRequest(ServedRun.request("site.json"))
        let site = try JSONSerialization.jsonObject(with: try await response.bodyData) as? [String: Any]
        return try #require(site?["tasks"] as? [[String: Any]])
    }

    private func ids(_ task: [String: Any]) -> [String] {
        (task["contestants"] as? [[String: Any]])?.compactMap { $0["id"] as? String } ?? []
    }

    @Test func modelsOfTheSameLabelsAnswerTogether() async throws {
        let run = try ServedRun()
        let folders = ["words/sentiment", "words/topics", "vader/sentiment"].map {
            run.folder.file("models/\($0)")
        }
        let both = try await tasks(try PageContents(models: folders))
        #expect(both.map { $0["name"] as? String } == ["negative, neutral, positive", "food, room"])
        // Two are called "words".
        #expect(
            ids(both[0]) == [folders[0].relativePath, "vader"] && ids(both[1]) == [folders[1].relativePath])
        let one = try await tasks(try PageContents(models: [folders[2]]))
        #expect(one.count == 1 && one[0]["name"] == nil && ids(one[0]) == ["vader"])
    }

    @Test func whatIsNoRunIsAnError() throws {
        let run = try ServedRun()
        let none = errorText { try PageContents(run: RunLayout(run.folder.file("none"))) }
        #expect(none.hasSuffix("results.json: no such file"), "\(none)")
        let models = errorText { try PageContents(run: RunLayout(run.folder.file("models"))) }
        #expect(models.contains("report"), "\(models)")
        let empty = errorText {
            try PageContents(run: RunLayout(run.folder.file("report")), models: run.folder.file("report"))
        }
        #expect(empty.contains("not a fitted model"), "\(empty)")
    }

    /// Where no folder of models is named, and none is in its place, the stored predictions are there alone.
    @Test func aRunWithoutModelsHasItsPredictions() async throws {
        let run = try ServedRun()
        let contents = try PageContents(run: RunLayout(run.folder.file("report")))
        #expect(
            contents.notices == [
                "there are no models in runs/served, so no sentence is answered; --models says where they are"
            ])
        let tasks = try await tasks(contents)
        #expect(tasks.map(ids) == [[], []])
        #expect(tasks.map { $0["isStored"] as? Bool } == [true, true])
    }

    /// A sentence would be answered by models of which none stands for the run.
    @Test func modelsOfSeveralFoldsAnswerNothing() throws {
        let run = try ServedRun()
        let models = run.folder.file("models")
        #expect(PageContents.missingModels(in: models) == nil)
        try run.folder.write("{}", to: "models/folds/0/run.json")
        let notice = try #require(PageContents.missingModels(in: models))
        #expect(notice.contains("of several folds") && notice.hasSuffix("models/folds/0"), "\(notice)")
    }

    @Test func modelsOfOtherLabelsAreNotTheRuns() throws {
        let run = try ServedRun()
        try run.folder.write(
            try run.folder.read("models/words/topics/contestant.json").replacing(
                "\"room\"", with: "\"rooms\""),
            to: "models/words/topics/contestant.json")
        let other = errorText {
            try PageContents(run: RunLayout(run.folder.file("report")), models: run.folder.file("models"))
        }
        #expect(
            other == "the model of words: the labels are food, rooms, expected those of the run: food, room",
            "\(other)")
    }
}
