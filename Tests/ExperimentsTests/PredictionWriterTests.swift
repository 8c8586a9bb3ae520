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

    @Test func csvHasAHeaderForEveryField() {
        let all = writer(.csv)
        #expect(all.header == "predicted,p_a,p_b,\"p_c \"\"x\"\"\"\n")
        #expect(all.line(text: "t", prediction) == "b,0.25,0.5,0.25\n")
        let two = writer(.csv, topK: 2)
        #expect(two.header == "predicted,label_1,p_1,label_2,p_2\n")
        #expect(two.line(text: "t", prediction) == "b,b,0.5,a,0.25\n")
    }

    @Test func textShowsTheMostProbableFirst() {
        #expect(writer(.text, topK: 1).line(text: "t", prediction) == "b\tt\n  b  50.0%\n")
    }

    @Test func topIsStable() {
        #expect(prediction.top(3).map(\.label) == ["b", "a", "c \"x\""])
    }
}
