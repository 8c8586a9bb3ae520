import FlyingFox
import Foundation
import Labels
import LivePages
import Results
import TestSupport
import Testing

/// What a page is told of stored predictions is what is stored.
@Suite struct StoredRowsTests {
    private func file(_ name: String, of run: ServedRun) async throws -> [UInt8] {
        let response = await run.handler.handleRequest(ServedRun.request(name))
        #expect(response.statusCode.code == 200, "\(name)")
        return Array(try await response.bodyData)
    }

    private func rows(_ task: Int, of run: ServedRun) async throws -> [String: Any] {
        let json = try await file("stored/\(task).json", of: run)
        return try #require(JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    }

    @Test(arguments: [0, 1]) func numbersAreThoseOfTheFiles(_ task: Int) async throws {
        let run = try ServedRun()
        let results = try ExperimentResults(contentsOf: RunLayout(run.folder.file("report"))).tasks[task]
        let space = results.dataset.labelSpace
        let told = try await rows(task, of: run)
        let contestants = try #require(told["contestants"] as? [[String: Any]])
        #expect(contestants.map { $0["id"] as? String } == results.contestants.map(\.id))
        #expect(
            contestants.map { $0["isBaseline"] as? Bool } == results.contestants.map { $0.id == "majority" })
        #expect(
            contestants.map { $0["isProbabilistic"] as? Bool } == results.contestants.map(\.isProbabilistic))
        // Predictions that were made elsewhere are here, though no model is.
        #expect(contestants.count == (task == 0 ? 5 : 2))

        let bytes = try await file("stored/\(task).bin", of: run)
        var place = 0
        func indicators(_ count: Int) -> [UInt8] {
            defer { place += count }
            return Array(bytes[place..<place + count])
        }
        func floats(_ count: Int) -> [Double] {
            while place % 4 != 0 {
                #expect(bytes[place] == 0)
                place += 1
            }
            defer { place += 4 * count }
            return (0..<count).map { number in
                let bits = (0..<4).reduce(UInt32(0)) {
                    $0 | UInt32(bytes[place + 4 * number + $1]) << (8 * $1)
                }
                return Double(Float(bitPattern: bits))
            }
        }
        let folder = RunLayout(run.folder.file("report")).task(results.name)
        var gold: [UInt8] = []
        for contestant in results.contestants {
            let stored = try Predictions(contentsOf: folder.predictions(of: contestant.id), labelSpace: space)
            let cells = stored.ids.count * space.count
            func values(_ targets: Targets) -> [UInt8] {
                targets.indicators(labelCount: space.count).values.map { $0 ? 1 : 0 }
            }
            if gold.isEmpty {
                gold = indicators(cells)
                #expect(gold == values(stored.gold) && gold.contains(1))
                #expect(told["ids"] as? [String] == stored.ids)
            }
            #expect(floats(cells) == stored.probabilities.values)
            #expect(indicators(cells) == values(stored.predicted))
        }
        #expect(place == bytes.count)
    }

    @Test func thresholdsAreThoseThatDecided() async throws {
        let run = try ServedRun()
        let sentiment = try #require(try await rows(0, of: run)["contestants"] as? [[String: Any]])
        #expect(sentiment.allSatisfy { $0["thresholds"] == nil })
        let topics = try #require(try await rows(1, of: run)["contestants"] as? [[String: Any]])
        // The experiment's threshold is not for dummies.
        #expect(topics.map { $0["id"] as? String } == ["majority", "words"])
        #expect(topics.map { $0["thresholds"] as? [Double] } == [[0.5, 0.5], [0.3, 0.3]])
    }

    @Test func textsAreThereWhereTheRunAllowsQuotes() async throws {
        let without = try ServedRun()
        #expect(try await rows(0, of: without)["texts"] == nil)
        let with = try ServedRun(quotes: true)
        let told = try await rows(0, of: with)
        let (ids, texts) = (
            try #require(told["ids"] as? [String]), try #require(told["texts"] as? [String])
        )
        let table = try with.folder.read("sentiment.csv")
        #expect(ids.count == texts.count && !ids.isEmpty)
        for (id, text) in zip(ids, texts) { #expect(table.contains("\n\(id),\(text),")) }
    }

    @Test(arguments: [
        "stored/2.json", "stored/-1.json", "stored/0", "stored/0.csv", "stored/99999.bin", "stored/.bin",
    ])
    func otherNamesAreNotThere(_ name: String) async throws {
        let run = try ServedRun()
        #expect(await run.handler.handleRequest(ServedRun.request(name)).statusCode.code == 404)
    }

    @Test func damagedPredictionsAreAnError() throws {
        let run = try ServedRun()
        let name = "report/sentiment/predictions/words.csv"
        let lines = try run.folder.read(name).split(separator: "\n").map(String.init)
        func complaint(_ lines: [String]) throws -> String {
            try run.folder.write(lines.joined(separator: "\n") + "\n", to: name)
            return errorText {
                try PageContents(run: RunLayout(run.folder.file("report")), models: run.folder.file("models"))
            }
        }
        let short = try complaint(lines.dropLast())
        #expect(short.contains("words") && short.contains("no row"), "\(short)")
        let odd = try complaint([lines[0], lines[1].replacing(",0.", with: ",7.", maxReplacements: 1)])
        #expect(odd.contains("a probability from 0 to 1"), "\(odd)")
    }
}
