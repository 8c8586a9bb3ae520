import Corpora
import Experiments
import Foundation
import SettingKeys
import TestSupport
import Testing

/// Which column is what, in tables of 40 rows; `|` parts their fields.
@Suite struct ColumnRolesTests {
    private func roles(
        _ header: String, isSame: Bool = false, change: (inout DatasetOptions) -> Void = { _ in },
        _ row: (Int) -> String
    ) throws -> ColumnRoles {
        let folder = try TemporaryFolder()
        try folder.write(([header] + (0..<40).map(row)).joined(separator: "\n") + "\n", to: "d.csv")
        var options = DatasetOptions()
        options.delimiter = "|"
        change(&options)
        let survey = try TableSurvey("d.csv", folder: folder.url, options: options)
        return try ColumnRoles(of: survey, path: "d.csv") { _, _ in isSame }
    }

    private static func words(_ row: Int) -> String { "some words of row \(row)" }

    /// A column called so is the label, then one that is often called so, then the only one with few values.
    @Test(arguments: [
        ("text|label|topic", "label"), ("text|kind|topic", "topic"), ("text|kind|Sentiment", "Sentiment"),
        ("text|target|rating", "target"), ("text|a.label|b", "a.label"), ("text|Gold Label|b", "Gold Label"),
    ])
    func labelsByName(header: String, label: String) throws {
        let roles = try roles(header) { "\(Self.words($0))|\(["a", "b"][$0 % 2])|\(["x", "y", "z"][$0 % 3])" }
        #expect(roles.label == label && roles.text == ["text"])
        #expect(roles.decisions.contains("The labels are column '\(label)': called so."))
    }

    @Test func labelsByContent() throws {
        let one = try roles("a|b|c") { "\($0 * 7)|\(Self.words($0))|\(["x", "y"][$0 % 2])" }
        #expect(one.text == ["b"] && one.label == "c" && one.labelColumns.isEmpty)
        let several = try roles("a|joy|fear") { "\(Self.words($0))|\($0 % 2)|\($0 / 2 % 2)" }
        #expect(several.label == nil && several.labelColumns == ["joy", "fear"])
        // The names of classes rather than their numbers, if both say the same.
        let named = try roles("text|n|kind", isSame: true) {
            "\(Self.words($0))|\($0 % 3)|\(["x", "y", "z"][$0 % 3])"
        }
        #expect(named.label == "kind")
    }

    @Test(arguments: [
        ("title|body|label", ["title", "body"]), ("subject|message|label", ["subject", "message"]),
        ("body|headline|label", ["headline", "body"]), ("title|text|label", ["text"]),
        ("a|text|label", ["text"]),
    ])
    func textsByName(header: String, text: [String]) throws {
        #expect(try roles(header) { "the title \($0)|\(Self.words($0))|\($0 % 2)" }.text == text)
    }

    @Test func textsByContent() throws {
        // By far the longest.
        let long = try roles("a|b|label") {
            "row \($0)|\(String(repeating: "word ", count: 20))\($0)|\($0 % 2)"
        }
        #expect(long.text == ["b"])
        #expect(long.decisions.contains("The texts are column 'b': by far the longest; 'a' holds texts too."))
        // Single words where they are called so.
        #expect(try roles("query|label") { "word\($0)|\($0 % 2)" }.text == ["query"])
        let given = try roles("a|b|c", change: { ($0.text, $0.label) = (["a", "b"], "c") }) {
            "one two \($0)|three four \($0)|\($0 % 2)"
        }
        #expect(given.text == ["a", "b"] && given.label == "c" && given.decisions.isEmpty)
    }

    @Test func idsAreUnique() throws {
        let unique = try roles("id|text|label") { "r\($0)|\(Self.words($0))|\($0 % 2)" }
        #expect(unique.id == "id")
        #expect(unique.decisions[0] == "The ids of rows are column 'id', whose values are unique.")
        let twice = try roles("id|text|label") { "r\($0 / 2)|\(Self.words($0))|\($0 % 2)" }
        #expect(twice.id == nil)
        #expect(
            twice.decisions[0]
                == "Column 'id' is no id: its values are not unique. Rows are numbered instead.")
        let missing = try roles("id|text|label") { "\($0 < 3 ? "" : "r\($0)")|\(Self.words($0))|\($0 % 2)" }
        #expect(missing.decisions[0].contains("missing in 3 rows"))
    }

    @Test func groupsDatesAndParts() throws {
        let all = try roles("text|label|user_id|when|set") {
            "\(Self.words($0))|\($0 % 2)|u\($0 % 7)|2024-05-\($0 % 20 + 10)|\(["train", "test"][$0 % 2])"
        }
        #expect(all.group?.name == "user_id" && all.group?.distinct == 7)
        #expect(all.dates?.name == "when" && all.parts?.name == "set")
        // Nearly every row has its own, or a few have all.
        for distinct in [4, 38] {
            #expect(
                try roles("text|label|user") { "\(Self.words($0))|\($0 % 2)|u\($0 % distinct)" }.group == nil)
        }
    }

    /// Where two columns could as well have a role, the options that would tell are named.
    @Test func whatCannotBeToldIsAsked() throws {
        func question(_ header: String, _ row: (Int) -> String) -> Undecided? {
            do {
                _ = try roles(header, row)
                return nil
            } catch { return error as? Undecided }
        }
        let texts = try #require(question("a|b|label") { "one two \($0)|three four \($0)|\($0 % 2)" })
        #expect(texts.question.hasPrefix("which column holds the texts cannot be told: 2 columns hold some"))
        #expect(texts.readings.map { $0.prefix(10) } == ["--text 'a'", "--text 'b'", "--text COL"])
        #expect(texts.readings[0] == "--text 'a': 3.0 words a row, 40 different in 40 rows")
        let labels = try #require(
            question("text|a|b") { "\(Self.words($0))|\(["x", "y"][$0 % 2])|\(["p", "q", "r"][$0 % 3])" })
        #expect(labels.question == "which column holds the labels cannot be told: 2 could; say which:")
        #expect(labels.readings == ["--label 'a': 2 different values", "--label 'b': 3 different values"])
        let none = try #require(question("text|n") { "\(Self.words($0))|\($0 * 7)" })
        #expect(none.question.contains("none has few different values"))
        let numbers = try #require(question("text|label") { "\(Self.words($0))|\($0)" })
        #expect(
            numbers.question.hasPrefix(
                "column 'label' is called like the labels, but has 40 different numbers"))
        let one = try #require(question("text|label") { "\(Self.words($0))|x" })
        #expect(one.question.hasPrefix("column 'label' is called like the labels, but has one value alone"))
        let numeric = try #require(question("a|b") { "\($0)|\($0 % 2)" })
        #expect(numeric.question.contains("none holds words of its own in most rows"))
    }
}

/// YAML that a program writes.
@Suite struct DraftTextTests {
    @Test(arguments: [
        ("text", "text"), ("a-b_c.d/e", "a-b_c.d/e"), ("", "\"\""), ("1", "\"1\""), ("-a", "\"-a\""),
        (".a", "\".a\""),
        ("Yes", "\"Yes\""), ("NULL", "\"NULL\""), ("n", "\"n\""), ("a b", "\"a b\""), ("ä", "\"ä\""),
        ("a\"b\\c", "\"a\\\"b\\\\c\""), ("a\n\t\r\0", "\"a\\n\\t\\r\\u0000\""),
        ("\u{85}\u{2028}", "\"\\u0085\\u2028\""),
    ])
    func valuesStandInThePlainestQuotes(text: String, yaml: String) {
        #expect(DraftText.value(text) == yaml)
        #expect(DraftText.list([text, "b"]) == "[\(yaml), b]")
    }

    /// Whatever characters a text has, the YAML means them.
    @Test func everyCharacterComesBack() throws {
        let odd: [ClosedRange<UInt32>] = [
            0...0x2FF, 0x2000...0x206F, 0xFDD0...0xFDEF, 0xFEFF...0xFEFF, 0xFFF0...0xFFFF, 0x1FFFE...0x1FFFF,
        ]
        for value in odd.joined() {
            let text = "a" + String(try #require(Unicode.Scalar(value)))
            let read = try Setting(yaml: "k: \(DraftText.value(text))", file: "e.yaml").mappingWithAnyKeys()[
                "k"]
            #expect(try read?.string() == text, "\(value)")
        }
    }

    @Test func commentsHaveLimitedWidth() {
        #expect(DraftText.comment("a  b\nc") == "# a b\\nc\n")
        let long = DraftText.comment(
            Array(repeating: "abcdefgh", count: 30).joined(separator: " "), indent: "  ")
        let lines = long.split(separator: "\n")
        // "  #" and ten words of nine characters each are 93; an eleventh would make 102.
        #expect(lines.map(\.count) == [93, 93, 93] && lines.allSatisfy { $0.hasPrefix("  # a") })
        let word = String(repeating: "x", count: 150)
        #expect(DraftText.comment(word) == "# \(word)\n")
    }
}
