import Experiments
import Foundation
import Testing

@Suite struct PredictionWriterTests {
    private let prediction = TextPrediction(
        predicted: ["b"],
        probabilities: [
            .init(label: "a", probability: 0.25), .init(label: "b", probability: 0.5),
            .init(label: "c \"x\"", probability: 0.25),
        ])

    private func writer(_ format: PredictionWriter.Format, topK: Int? = nil) -> PredictionWriter {
        PredictionWriter(format: format, labels: ["a", "b", "c \"x\""], topK: topK)
    }

    @Test func jsonLinesAreJSON() throws {
        let line = writer(.jsonLines).line(text: "t", prediction)
        #expect(
            line == "{\"predicted\":[\"b\"],\"probabilities\":{\"a\":0.25,\"b\":0.5,\"c \\\"x\\\"\":0.25}}\n")
        #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }

    @Test func csvHasAHeaderForEveryField() throws {
        let all = writer(.csv)
        #expect(try all.header() == "predicted,p_a,p_b,\"p_c \"\"x\"\"\"\n")
        #expect(all.line(text: "t", prediction) == "b,0.25,0.5,0.25\n")
        let two = writer(.csv, topK: 2)
        #expect(try two.header() == "predicted,label_1,p_1,label_2,p_2\n")
        #expect(two.line(text: "t", prediction) == "b,b,0.5,a,0.25\n")
    }

    @Test func textShowsTheMostProbableFirst() {
        #expect(writer(.text, topK: 1).line(text: "t", prediction) == "b\tt\n  b  50.0%\n")
    }

    /// A label or text of several lines does not look like several predictions.
    @Test func textStaysOnItsLine() {
        let prediction = TextPrediction(
            predicted: ["a\nb"],
            probabilities: [.init(label: "a\nb", probability: 0.75), .init(label: "c", probability: 0.25)])
        let writer = PredictionWriter(format: .text, labels: ["a\nb", "c"], topK: nil)
        #expect(
            writer.line(text: "x\ny", prediction) == "a\\nb\tx\\ny\n  a\\nb  75.0%\n  c     25.0%\n")
    }

    @Test func keptColumnsStandInFront() throws {
        let csv = writer(.csv, topK: 1)
        #expect(try csv.header(keeping: ["id", "a, b"]) == "id,\"a, b\",predicted,label_1,p_1\n")
        let cells: KeptRow = .cells([.text("7"), .list(["x", "y"])])
        #expect(csv.line(text: "t", prediction, columns: ["id", "a, b"], kept: cells) == "7,x|y,b,b,0.5\n")
        let json = writer(.jsonLines, topK: 1)
        #expect(
            json.line(text: "t", prediction, columns: ["id", "note"], kept: .cells([.text("7"), .missing]))
                == "{\"id\":\"7\",\"note\":null,\"predicted\":[\"b\"],\"probabilities\":{\"b\":0.5}}\n")
    }

    /// Numbers, nested values and the order of keys stay as they are.
    @Test(arguments: [
        ("{\"id\": 7, \"m\": {\"x\": [1, null]}}", "{\"id\": 7, \"m\": {\"x\": [1, null]},"),
        ("  {\"id\": 1e400 } ", "  {\"id\": 1e400 ,"), ("{ }", "{ "), ("{\"a\":\"}\"}", "{\"a\":\"}\","),
    ])
    func keptObjectsStayAsTheyAre(object: String, start: String) {
        let line = writer(.jsonLines, topK: 1).line(text: "t", prediction, kept: .object(Array(object.utf8)))
        #expect(line == start + "\"predicted\":[\"b\"],\"probabilities\":{\"b\":0.5}}\n")
    }

    @Test func aNameThatAPredictionNeedsIsTaken() {
        for (format, name) in [
            (PredictionWriter.Format.csv, "p_a"), (.csv, "predicted"), (.jsonLines, "probabilities"),
        ] {
            #expect(throws: ExperimentError.self) { try writer(format).header(keeping: ["id", name]) }
        }
        #expect(throws: Never.self) { try writer(.jsonLines).header(keeping: ["p_a"]) }
    }

    @Test func topIsStable() {
        #expect(prediction.top(3).map(\.label) == ["b", "a", "c \"x\""])
    }
}
