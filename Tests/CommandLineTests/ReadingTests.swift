import Foundation
import Testing

/// Files as they come, named on a command line.
@Suite struct ReadingTests {
    private static let semicolons = "id;body;label\n1;hi, there;a\n2;ho;b\n3;hum;a\n"

    @Test func everyCommandTakesTheReadingOptions() throws {
        let program = try Program()
        try program.write(Self.semicolons, to: "d.dat")
        let form = ["--delimiter", ";", "--text", "body"]
        let described = try program.run(["describe", "d.dat"] + form)
        #expect(
            described.status == 0 && described.output.hasPrefix("3 rows, 2 labels"), "\(described.errors)")
        let split = try program.run(
            [
                "split", "d.dat", "--output", "s", "--train", "0.5", "--validation", "0", "--test", "0.5",
                "--stratify", "none",
            ] + form)
        #expect(split.status == 0, "\(split.errors)")
        let vader = try program.run(["vader", "d.dat"] + form)
        #expect(vader.status == 0 && vader.lines.count == 3, "\(vader.errors)")
        let labelled = try program.run(["vader", "d.dat", "--label"] + form)
        #expect(
            labelled.output.hasPrefix("id,body,label,sentiment\n1,\"hi, there\",a,"), "\(labelled.errors)")
        try program.write("gold;id\na;1\nb;2\n", to: "t.dat")
        try program.write("id;predicted\n2;b\n1;b\n", to: "p.dat")
        let score = try program.run("score", "--truth", "t.dat", "--predictions", "p.dat", "--delimiter", ";")
        #expect(
            score.status == 0 && score.output.replacing(" ", with: "").contains("\"accuracy\":0.5"),
            "\(score.output)\(score.errors)")
    }

    @Test func missingValuesAreCountedByDescribe() throws {
        let program = try Program()
        try program.write("text,label\nx1,a\n,b\nx3,\nx4,b\n", to: "d.csv")
        let outcome = try program.run("describe", "d.csv")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("(1 without text, 1 without label)"), "\(outcome.output)")
        let split = try program.run("split", "d.csv", "--output", "s")
        #expect(
            split.status == 2 && split.errors.contains("d.csv:3") && split.errors.contains("--drop-missing"))
        #expect(!program.exists("s"))
        try program.write("text,label\nx1,\nx2,\n", to: "none.csv")
        let none = try program.run("describe", "none.csv")
        #expect(none.status == 2 && none.errors.contains("0 without text, 2 without label"), "\(none.errors)")
    }

    @Test func aFileOfAnotherEndingIsToldWhatItIs() throws {
        let program = try Program()
        try program.write("ham\thello\nspam\tbuy\n", to: "SMSSpam")
        let unknown = try program.run("describe", "SMSSpam")
        #expect(unknown.status == 2 && unknown.errors.contains("--input-format"), "\(unknown.errors)")
        #expect(unknown.errors.contains(".csv") && !unknown.errors.contains("recipe"))
        let read = try program.run(
            "describe", "SMSSpam", "--input-format", "tsv", "--no-header", "--text", "1", "--label", "0")
        #expect(read.status == 0 && read.output.hasPrefix("2 rows, 2 labels"), "\(read.errors)")
        try program.write(Data([0x50, 0x4B, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 0x21, 0]), to: "d.xlsx")
        let workbook = try program.run("describe", "d.xlsx")
        #expect(workbook.status == 2 && workbook.errors.contains("CSV UTF-8"), "\(workbook.errors)")
        try program.write("hello\nbye\n", to: "d.txt")
        let lines = try program.run("describe", "d.txt")
        #expect(
            lines.status == 2 && lines.errors.contains("texts alone")
                && lines.errors.contains("--input-format"))
        let headless = try program.run("describe", "d.txt", "--no-header", "--text", "1", "--label", "0")
        #expect(headless.status == 2 && headless.errors.contains("--input-format"), "\(headless.errors)")
        let folder = try program.run("describe", ".")
        #expect(folder.status == 2 && folder.errors.contains("a folder"), "\(folder.errors)")
        let run = try program.run("run", "d.xlsx")
        #expect(run.status == 2 && run.errors.contains("workbook"), "\(run.errors)")
    }

    @Test func optionsOfDataFilesAreIdleElsewhere() throws {
        let program = try Program()
        let outcome = try program.run("describe", "front-desk", "--label", "x")
        #expect(outcome.status == 2 && outcome.errors.contains("--label"), "\(outcome.errors)")
    }

    /// A data file in place of an experiment: no word of it is printed.
    @Test(arguments: [
        ("d.csv", "text,label\nprivate message: yes,a\nprivate message 2,b\n"),
        ("d.tsv", "text\tlabel\nprivate message\ta\n"),
        ("d.jsonl", "{\"text\": \"private message\", \"label\": 1}\n"),
        ("d.json", "[{\"text\": \"private message\", \"label\": 1}]"),
        ("d.yaml", "text,label\nprivate message 1,a\nprivate message 2,b\nprivate message 3,c\n"),
        ("noending", "text;label\nprivate message 1;a\nprivate message 2;b\nprivate message 3;c\n"),
        ("d.txt", "private message\n"), ("d.yml", "private message\n"),
    ]) func runOfATable(name: String, text: String) throws {
        let program = try Program()
        try program.write(text, to: name)
        let outcome = try program.run("run", name)
        #expect(outcome.status == 2)
        #expect(!outcome.errors.contains("private"), "\(outcome.errors)")
        if name != "d.yml" { #expect(outcome.errors.contains("bakeoff init"), "\(outcome.errors)") }
        #expect(outcome.errors.count < 400)
    }

    @Test func columnsByNumber() throws {
        let program = try Program()
        try program.write("body,topic\na,x\nb,y\n", to: "d.csv")
        let pattern = try program.run(
            "describe", "d.*", "--input-format", "csv", "--text", "body", "--label", "topic")
        #expect(pattern.status == 0 && pattern.output.hasPrefix("2 rows"), "\(pattern.errors)")
        let outcome = try program.run("describe", "d.csv", "--text", "0", "--label", "1")
        #expect(outcome.status == 0 && outcome.output.hasPrefix("2 rows, 2 labels"), "\(outcome.errors)")
    }
}
