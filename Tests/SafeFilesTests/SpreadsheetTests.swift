import SafeFiles
import Testing

@Suite struct SpreadsheetTests {
    @Test(arguments: [
        "=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "--", "-", "+", "=",
        "-1e", "+1 2",
    ])
    func formulasAreTexts(text: String) {
        #expect(spreadsheetField(text) == "'" + text)
    }

    @Test(arguments: ["", "a=b", "-1", "+1.5", "-.5", "1e-5", "-2.5E+10", "n/a", "[0.1, 0.2]", "'=1", "ä"])
    func theRestStaysAsItIs(text: String) {
        #expect(spreadsheetField(text) == text)
    }

    @Test func linesAreCSV() {
        #expect(spreadsheetLine(["=a,b", "c\"d", "-3"]) == "\"'=a,b\",\"c\"\"d\",-3\n")
        #expect(csvLine(["=a"]) == "=a\n")
    }
}
