import DeterministicWork
import Evaluation
import Foundation
import Labels
import Reports
import Results
import Testing

/// What a page carries to be moved and opened: the numbers of the run, few bytes, and no text that may not be quoted.
@Suite struct ExplorationTests {
    /// The counterpart of `ThresholdCounts.packed`, as the page reads it. Shape: [labels][101], true and false positives.
    private static func unpacked(_ text: String, labelCount: Int) throws -> [[[Int]]] {
        var bytes = try #require(Data(base64Encoded: text))[...]
        func next() throws -> Int {
            var (number, unit) = (0, 1)
            while true {
                let first = bytes.popFirst()
                let byte = Int(try #require(first))
                number += (byte & 127) * unit
                unit *= 128
                if byte < 128 { return number % 2 == 1 ? -(number + 1) / 2 : number / 2 }
            }
        }
        let counts = try (0..<labelCount).map { _ in
            var (right, wrong) = (0, 0)
            return try (0..<101).map { _ in
                right += try next()
                wrong += try next()
                return [right, wrong]
            }.reversed() as [[Int]]
        }
        #expect(bytes.isEmpty)
        return counts
    }

    private static func predictions(
        _ contestant: ContestantResults, _ run: SmallRun
    ) throws -> ScoredPredictions {
        ScoredPredictions(
            id: contestant.id, isProbabilistic: contestant.isProbabilistic,
            test: try Predictions(
                contentsOf: run.folder.predictions(of: contestant.id),
                labelSpace: run.results.dataset.labelSpace), validation: nil)
    }

    /// At 0.5, by which the run's labels were decided, the slider has the stored scores.
    @Test(arguments: [LabelKind.multilabel, .binary]) func atOneHalfItHasTheStoredScores(kind: LabelKind)
        throws
    {
        let run = try SmallRun(kind)
        defer { run.remove() }
        let labelSpace = run.results.dataset.labelSpace
        let slider = try #require(
            ThresholdSlider(
                try run.results.contestants.map { try Self.predictions($0, run) }, labelSpace: labelSpace))
        #expect(slider.contestants.map(\.id) == ["keen", "plain"])
        #expect(slider.labels == (kind == .binary ? ["joy"] : SmallRun.labels))
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(slider.json.utf8)) as? [String: Any])
        #expect(object["labels"] as? [String] == slider.labels)
        let support = try #require(object["support"] as? [Int])
        let carried = try #require(object["contestants"] as? [[String: String]])
        for (own, contestant) in zip(slider.contestants, carried) {
            let card = try #require(run.results.contestants.first { $0.id == own.id }).test
            #expect(contestant["id"] == own.id)
            let counts = try Self.unpacked(
                try #require(contestant["counts"]), labelCount: slider.labels.count)
            for (label, name) in slider.labels.enumerated() {
                let (right, wrong) = (counts[label][50][0], counts[label][50][1])
                let stored = try #require(card.perLabel.first { $0.label == name })
                #expect(support[label] == stored.support)
                #expect(right + wrong == stored.predicted)
                #expect(right + wrong == 0 || Double(right) / Double(right + wrong) == stored.precision)
                #expect(Double(right) / Double(support[label]) == stored.recall)
                #expect(
                    Double(2 * right) / Double(right + wrong + support[label]) == stored.f1)
                #expect(counts[label].map { $0[0] } == own.counts.counts[label].map(\.truePositives))
                #expect(counts[label].map { $0[1] } == own.counts.counts[label].map(\.falsePositives))
            }
            let all = own.counts.sum(at: ThresholdCounts.half)
            if kind == .multilabel {
                #expect(all.f1 == card[.f1Micro])
                #expect(all.precision == card[.precisionMicro])
                #expect(all.recall == card[.recallMicro])
            }
        }
    }

    @Test func onlyThePageHasIt() throws {
        for (kind, hasSlider) in [(LabelKind.multilabel, true), (.binary, true), (.multiclass, false)] {
            let run = try SmallRun(kind)
            defer { run.remove() }
            let page = try String(contentsOf: run.folder.page, encoding: .utf8)
            let text = try String(contentsOf: run.folder.report, encoding: .utf8)
            #expect(page.contains("class=\"slider\"") == hasSlider)
            #expect(page.contains("class=\"cells\""))
            #expect(page.contains("class=\"cells\" data-matrix") == (kind != .multilabel))
            #expect(!text.contains("slider") && !text.contains("\n\n\n"))
            // The run quotes a few texts elsewhere; errors.csv has none, so no row here has one.
            #expect(page.contains("<li><code>r") && !page.contains("</code> “"))
        }
    }

    /// Results alone can be rendered; a run that lacks some of its predictions cannot.
    @Test func withoutPredictionsThereIsNothingToMove() throws {
        let run = try SmallRun(.multilabel)
        defer { run.remove() }
        try FileManager.default.removeItem(at: run.folder.predictions(of: "plain"))
        #expect(throws: (any Error).self) { try RenderedReport(run.results, in: run.folder) }
        for id in ["keen", "sure | blunt"] {
            try FileManager.default.removeItem(at: run.folder.predictions(of: id))
        }
        try RenderedReport(run.results, in: run.folder).write()
        let page = try String(contentsOf: run.folder.page, encoding: .utf8)
        #expect(!page.contains("class=\"slider\"") && !page.contains("class=\"cells\""))
    }

    // MARK: Confusions

    private static func predictions(
        _ pairs: [(gold: Int, predicted: Int)], labels: [String], ids: [String]? = nil
    ) throws -> Predictions {
        let labelSpace = try LabelSpace(kind: .multiclass, names: labels)
        let K = labels.count
        return Predictions(
            labelSpace: labelSpace, ids: ids ?? pairs.indices.map { "r\($0)" },
            gold: .classes(pairs.map(\.gold)),
            probabilities: Probabilities(
                labelCount: K, values: pairs.flatMap { pair in (0..<K).map { $0 == pair.predicted ? 1 : 0 } }),
            thresholds: nil)
    }

    @Test func confusionsAreCutAndSaySo() throws {
        // 12 rows of a taken for b, 1 of c taken for a, 2 right ones.
        let pairs = Array(repeating: (gold: 0, predicted: 1), count: 12) + [(2, 0), (1, 1), (2, 2)]
        let cells = try #require(
            ConfusionCells(
                try Self.predictions(pairs, labels: ["a", "b", "c"]), of: "one", texts: nil))
        #expect(cells.cellCount == 2)
        #expect(cells.cells.map(\.count) == [12, 1])
        #expect(cells.cells[0].rows.map(\.id) == (0..<10).map { "r\($0)" })
        #expect(cells.cells[1].rows.map(\.id) == ["r12"])
        let html = cells.html
        #expect(html.contains("The rows of 2 confusions, the first 10 of each (one)"))
        #expect(html.contains("<summary>a → b: 12 rows, the first 10</summary>"))
        #expect(html.contains("<summary>c → a: 1 row</summary><ul><li><code>r12</code></li></ul>"))

        // 21 pairs of different labels, each once: K = 22, label 0 taken for each other one.
        let many = try #require(
            ConfusionCells(
                try Self.predictions((1...21).map { (0, $0) }, labels: (0...21).map { "l\($0)" }), of: "one",
                texts: nil))
        #expect(many.cells.count == 20 && many.cellCount == 21)
        #expect(many.html.contains("The rows of the 20 most frequent of 21 confusions (one)"))

        #expect(
            ConfusionCells(
                try Self.predictions([(0, 0), (1, 1)], labels: ["a", "b"]), of: "one", texts: nil) == nil)
    }

    @Test func textsStandThereWhereTheyMayBeQuotedAndMakeNoMarkup() throws {
        let long = String(repeating: "x", count: 101)
        let predictions = try Self.predictions(
            [(0, 1), (0, 1)], labels: ["<a>", "b"], ids: ["<script>", "r1"])
        let cells = try #require(
            ConfusionCells(predictions, of: "<one>", texts: ["<script>": "a \"<b>\"", "r1": long]))
        let html = cells.html
        #expect(html.contains("<li><code>&lt;script&gt;</code> “a &quot;&lt;b&gt;&quot;”</li>"))
        #expect(html.contains("“\(String(repeating: "x", count: 99))…”"))
        #expect(html.contains("(&lt;one&gt;)") && html.contains("<summary>&lt;a&gt; → b: 2 rows</summary>"))
    }

    /// 5,427 rows, 28 labels and 5 contestants with every text quoted.
    @Test func aLargeRunIsSmall() throws {
        let (N, K) = (5427, 28)
        let labelSpace = try LabelSpace(kind: .multilabel, names: (0..<K).map { "emotion number \($0)" })
        var random = RandomStream(seed: 8)
        let gold = IndicatorMatrix(
            labelCount: K, rows: (0..<N).map { _ in [random.next(below: K)] })
        let ids = (0..<N).map { "e\(100_000 + $0)" }
        let texts = Dictionary(uniqueKeysWithValues: ids.map { ($0, String(repeating: "text ", count: 30)) })
        let all = (0..<5).map { contestant in
            let probabilities = Probabilities(
                labelCount: K,
                values: gold.values.map { isGold in
                    let noise = random.nextUniform()
                    return isGold ? noise.squareRoot() : noise * noise * noise
                })
            return ScoredPredictions(
                id: "contestant-\(contestant)", isProbabilistic: true,
                test: Predictions(
                    labelSpace: labelSpace, ids: ids, gold: .sets(gold), probabilities: probabilities,
                    thresholds: Array(repeating: 0.5, count: K)), validation: nil)
        }
        let slider = try #require(ThresholdSlider(all, labelSpace: labelSpace))
        let cells = try all.map { try #require(ConfusionCells($0.test, of: $0.id, texts: texts)) }
        let bytes = slider.html(number: 1).utf8.count + cells.reduce(0) { $0 + $1.html.utf8.count }
        #expect(slider.json.utf8.count < 100_000)
        #expect(bytes < 300_000, "\(bytes)")
    }
}
