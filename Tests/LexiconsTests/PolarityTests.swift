import Lexicons
import Testing

@Suite("Polarities")
struct PolarityTests {
    /// Ties, near ties and random numbers, as Python rounds and prints them.
    @Test func roundsAsPythonDoes() throws {
        let rows = try Golden.content("rounding.txt").split(separator: "\n")
        #expect(rows.count == 2000)
        for row in rows {
            let fields = row.split(separator: " ")
            let value = try #require(Double(fields[0]))
            #expect("\(Polarity.rounded(value, decimals: 3))" == fields[1], "\(row)")
            #expect("\(Polarity.rounded(value, decimals: 4))" == fields[2], "\(row)")
        }
    }

    @Test func printsAsPythonDoes() {
        let polarity = Polarity(neg: 0, neu: 0.508, pos: 0.492, compound: -0.0001)
        #expect(polarity.jsonLine == #"{"neg":0.0,"neu":0.508,"pos":0.492,"compound":-0.0001}"#)
        // Every score there can be, and numbers that are none.
        let scores = (-10_000...10_000).map { Double($0) / 10_000 }
        for x in scores + [-0.0, 12.5, 0.00005, 1e-7, 1.0 / 3, 1e300, .infinity] {
            let line = Polarity(neg: x, neu: x, pos: x, compound: x).jsonLine
            #expect(line == "{\"neg\":\(x),\"neu\":\(x),\"pos\":\(x),\"compound\":\(x)}")
        }
    }

    @Test func thresholdsMakeThreeClasses() {
        func label(_ compound: Double, _ thresholds: PolarityThresholds = .init()) -> String {
            PolarityThresholds.labels[
                thresholds.label(of: Polarity(neg: 0, neu: 1, pos: 0, compound: compound))]
        }
        #expect(label(0.05) == "positive")
        #expect(label(0.0499) == "neutral")
        #expect(label(0) == "neutral")
        #expect(label(-0.0499) == "neutral")
        #expect(label(-0.05) == "negative")
        #expect(label(0.05, PolarityThresholds(negative: -0.5, positive: 0.5)) == "neutral")
    }
}
