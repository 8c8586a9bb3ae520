import SettingKeys
import Testing

@Suite struct VisibleTextTests {
    @Test func showsWhatWouldMoveTheCursor() {
        #expect(visibleText("good, 3 > 2") == "good, 3 > 2")
        #expect(visibleText("ja, schön \u{1F642}") == "ja, schön \u{1F642}")
        #expect(visibleText("\u{1B}[2J\u{1B}]0;x\u{07}") == "\\u{1B}[2J\\u{1B}]0;x\\u{7}")
        #expect(visibleText("a\rb\u{8}\u{7F}") == "a\\rb\\u{8}\\u{7F}")
        #expect(visibleText("\u{9B}31m\u{202E}abc\u{2066}") == "\\u{9B}31m\\u{202E}abc\\u{2066}")
        #expect(visibleText("a\nb\tc") == "a\\nb\\tc")
        #expect(visibleText("a\nb\tc\u{1B}", keepingLines: true) == "a\nb\tc\\u{1B}")
        // A line feed after a carriage return is one character in Swift.
        #expect(visibleText("a\r\nb", keepingLines: true) == "a\\r\nb")
    }

    @Test func nothingUnseenIsLeftOfAnyScalar() {
        for value in (0...0x2100) as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = visibleText(String(scalar))
            #expect(
                shown.unicodeScalars.allSatisfy {
                    $0.properties.generalCategory != .control
                        && !("\u{202A}"..."\u{202E}").contains($0)
                }, "\(value)")
        }
    }
}
