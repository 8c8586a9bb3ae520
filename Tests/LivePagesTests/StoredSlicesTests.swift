import FlyingFox
import Foundation
import LivePages
import Results
import TestSupport
import Testing

/// What a page is told of slices is what `results.json` and `slices.csv` say.
@Suite struct StoredSlicesTests {
    private struct Told: Decodable {
        struct Slices: Decodable {
            let scores: SliceScores
            let metric: String
            let isLowerBetter: Bool
            let isTested: Bool
            let level: Double
            let fewRows: Int
            let places: [[Int]]
        }

        let ids: [String]
        let slices: Slices?
    }

    private func told(_ task: Int, of run: ServedRun) async throws -> Told {
        let response = await run.handler.handleRequest(ServedRun.request("stored/\(task).json"))
        #expect(response.statusCode.code == 200)
        return try JSONDecoder().decode(Told.self, from: try await response.bodyData)
    }

    @Test(arguments: [0, 1]) func scoresAndRowsAreThoseOfTheRun(_ task: Int) async throws {
        let run = try ServedRun(slices: true)
        let results = try ExperimentResults(contentsOf: RunLayout(run.folder.file("report"))).tasks[task]
        let told = try await told(task, of: run)
        let slices = try #require(told.slices)
        #expect(slices.scores == results.slices)
        #expect(slices.scores.dimensions.map(\.name) == ["length", "label"])
        #expect(slices.metric == "macro F1" && !slices.isLowerBetter && slices.isTested)
        #expect(slices.level == 0.05 && slices.fewRows == 30)

        let name = try #require(results.name)
        let lines = try run.folder.read("report/\(name)/slices.csv").split(separator: "\n")
            .map { $0.split(separator: ",").map(String.init) }
        #expect(lines.first == ["id", "length", "label"])
        let rows = lines.dropFirst()
        #expect(!rows.isEmpty && told.ids == rows.map { $0[0] })
        let lengths = try rows.map { row in
            switch try #require(Int(row[1])) {
            case ...4: "up to 4 words"
            case 5: "5 words"
            default: "over 5 words"
            }
        }
        #expect(slices.places.count == 2)
        for (number, expected) in [lengths, rows.map { $0[2] }].enumerated() {
            let own = slices.scores.dimensions[number].slices
            #expect(slices.places[number].map { own[$0].name } == expected)
            for (place, slice) in own.enumerated() {
                #expect(slices.places[number].count { $0 == place } == slice.rowCount)
            }
        }
    }

    @Test func aRunWithoutSlicesHasNone() async throws {
        #expect(try await told(0, of: try ServedRun()).slices == nil)
        #expect(try await told(1, of: try ServedRun(quotes: true)).slices == nil)
    }

    @Test func whatIsNotOfTheScoresIsAnError() throws {
        let run = try ServedRun(slices: true)
        func complaint() -> String {
            errorText {
                try PageContents(run: RunLayout(run.folder.file("report")), models: run.folder.file("models"))
            }
        }
        // A slice that the results do not know.
        let results = try run.folder.read("report/results.json")
        try run.folder.write(results.replacing("\"5 words\"", with: "\"6 words\""), to: "report/results.json")
        let unknown = complaint()
        #expect(
            unknown.contains("sentiment/slices.csv: ")
                && unknown.contains("results.json has no scores of slice '5 words' by length"), "\(unknown)")
        // Scores of somebody else.
        let foreignScores = results.replacing(
            #/("scores" : \[\s*\{[^}]*?"id" : ")[^"]*"/#, maxReplacements: 1
        ) { "\($0.1)nobody\"" }
        try run.folder.write(foreignScores, to: "report/results.json")
        let nobody = complaint()
        #expect(
            nobody.contains("sentiment/slices.csv: ")
                && nobody.contains("of slice 'up to 4 words' by length results.json has scores of nobody, "),
            "\(nobody)")
        try run.folder.write(results, to: "report/results.json")
        // Another table, of the same rows and of others.
        let name = "report/sentiment/slices.csv"
        let table = try run.folder.read(name)
        try run.folder.write(
            table.replacing(",positive\n", with: ",negative\n", maxReplacements: 1), to: name)
        let other = complaint()
        #expect(other.contains("slices.csv: ") && other.contains("its SHA-256 is "), "\(other)")
        try run.folder.write(table.replacing("\nr", with: "\nx", maxReplacements: 1), to: name)
        let foreign = complaint()
        #expect(foreign.contains("slices.csv: ") && foreign.contains("row 1 is of 'x"), "\(foreign)")
        // None at all.
        try FileManager.default.removeItem(at: run.folder.file(name))
        let missing = complaint()
        #expect(missing.hasSuffix("slices.csv: no such file"), "\(missing)")
    }
}
