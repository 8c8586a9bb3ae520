import SettingKeys
import Testing

/// The line of progress under a clock and a terminal that the tests hold.
@Suite struct ProgressLineTests {
    private let start = ContinuousClock.now

    private func text(
        _ label: String, done: Int, of total: Int?, detail: String? = nil, after seconds: Double,
        columns: Int? = 120, first: Int = 0
    ) -> String? {
        var line = ProgressLine(label: label, unit: "texts", first: first, start: start)
        return line.text(
            done: done, of: total, detail: detail, columns: columns, now: start + .seconds(seconds))
    }

    @Test func tellsHowFarHowFastAndHowLong() {
        #expect(
            text("resampling", done: 2_500, of: 10_000, after: 5)
                == "resampling [######..................] 2500/10000 texts, 500/s, 0:15 left")
        // What was done before says nothing of the rate.
        #expect(
            text("a, epoch 2 of 3", done: 1_500, of: 2_000, detail: "loss 0.1234", after: 250, first: 500)
                == "a, epoch 2 of 3 [##################......] 1500/2000 texts, 4.0/s, 2:05 left, loss 0.1234"
        )
        #expect(text("", done: 1_200, of: nil, after: 3) == "1200 texts, 400/s")
        // Nothing done yet, all done, and more than was announced.
        #expect(text("", done: 0, of: 7, after: 1) == "[........................] 0/7 texts")
        #expect(
            text("", done: 7, of: 7, after: 7) == "[########################] 7/7 texts, 1.0/s, 0:00 left")
        #expect(
            text("", done: 9, of: 7, after: 9) == "[########################] 9/7 texts, 1.0/s, 0:00 left")
        // Hours are minutes.
        #expect(text("", done: 1, of: 4_501, after: 1)?.hasSuffix(", 75:00 left") == true)
        let line = ProgressLine(label: "reading a.csv", unit: "", start: start)
        #expect(line.text(columns: 80, now: start + .seconds(61.5)) == "reading a.csv, 1:02")
    }

    @Test func appearsAfterAMomentAndChangesSeldom() {
        var line = ProgressLine(unit: "texts", start: start)
        var shown: [Int] = []
        for millisecond in 0..<1_000 {
            let text = line.text(
                done: millisecond, of: 1_000, columns: 80, now: start + .milliseconds(millisecond))
            if text != nil { shown.append(millisecond) }
        }
        #expect(shown == [300, 400, 500, 600, 700, 800, 900])
    }

    @Test func nothingWhereNobodyLooksOrNothingIsToBeDone() {
        #expect(text("resampling", done: 1, of: 2, after: 9, columns: nil) == nil)
        #expect(text("resampling", done: 0, of: 0, after: 9) == nil)
    }

    /// A line that goes on to the next could not be taken away again.
    @Test(arguments: [
        "", "resampling", String(repeating: "long ", count: 30), "東京のホテルのフロントの分類器",
        "e\u{301}e\u{301}e\u{301} combined", "\u{1B}[2J\r\nhostile\u{202E}", "🏨🏨🏨🏨🏨🏨🏨🏨",
    ])
    func isNeverWiderThanTheTerminal(label: String) throws {
        for columns in 0...200 {
            let line = try #require(
                text(label, done: 12_345, of: 99_999, detail: "loss 0.1234", after: 7, columns: columns))
            #expect(terminalColumns(line) <= max(1, columns - 1), "\(columns): \(line)")
            #expect(line.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202E })
            if columns > 50 { #expect(line.contains("12345/99999 texts, 1764/s, 0:50 left"), "\(line)") }
        }
    }

    /// First the detail goes, then the bar, then the end of the label.
    @Test func givesUpWhatMattersLeast() {
        func line(_ columns: Int) -> String? {
            text("contestant", done: 50, of: 100, detail: "loss 1", after: 10, columns: columns)
        }
        let (bar, count) = ("[############............]", "50/100 texts, 5.0/s, 0:10 left")
        #expect(line(77) == "contestant \(bar) \(count), loss 1")
        #expect(line(76) == "contestant \(bar) \(count)")
        #expect(line(69) == "contestant \(bar) \(count)")
        #expect(line(68) == "contestant \(count)")
        #expect(line(42) == "contestant \(count)")
        #expect(line(41) == "contesta… \(count)")
        #expect(line(20) == "50/100 texts, 5.0/s")
    }
}
