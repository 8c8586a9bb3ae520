import Corpora
import Foundation
import Testing

/// Labels are values, not spellings: the rule of `LabelSpelling` as every way to load labels keeps it.
@Suite struct LabelRuleTests {
    private func column(_ values: [String], _ labels: String = "{column: y}") throws -> Corpus {
        let folder = try TestFolder(["a.csv": table(values)])
        return try loadCorpus(folder.schema("{file: a.csv, labels: \(labels)}"))
    }

    private func table(_ values: [String]) -> String {
        "text,y\n"
            + values.enumerated().map { "t\($0),\"\($1.replacingOccurrences(of: "\"", with: "\"\""))\"\n" }
            .joined()
    }

    private func parts(
        _ train: [String], _ test: [String], _ labels: String = "{column: y}"
    ) throws -> Corpus {
        let folder = try TestFolder(["train.csv": table(train), "test.csv": table(test)])
        return try loadCorpus(
            folder.schema("{files: {train: train.csv, test: test.csv}, labels: \(labels)}"))
    }

    private func complaint(_ values: [String], _ labels: String = "{column: y}") throws -> String {
        try TestFolder(["a.csv": table(values)]).complaint("{file: a.csv, labels: \(labels)}") ?? "loads"
    }

    private func names(_ corpus: Corpus) -> [[String]] {
        (0..<corpus.count).map { corpus.targets.labels(ofRow: $0).map { corpus.labelSpace.names[$0] } }
    }

    // MARK: Numbers and truth values

    @Test(arguments: [
        (["0", "1"], ["0.0", "1.0"], ["0", "1"]), (["0.0", "1.0"], ["1", "0"], ["0", "1"]),
        (["False", "True"], ["false", "true"], ["false", "true"]),
        (["TRUE", "FALSE"], ["TRUE"], ["FALSE", "TRUE"]),
        (["5", "10"], ["10.0", " 5"], ["5", "10"]), (["-1", "1"], ["-1.0", "1.0"], ["-1", "1"]),
        (["1.0", "2.0"], ["2.0"], ["1.0", "2.0"]), (["a ", "b"], ["\u{A0}a", "b\t"], ["a", "b"]),
    ])
    func partsMeet(train: [String], test: [String], expected: [String]) throws {
        let corpus = try parts(train, test)
        #expect(corpus.labelSpace.names == expected && corpus.labelSpace.kind == .binary)
    }

    @Test(arguments: [
        (["1", "2", "01"], ["a.csv:4", "'01'", "'1' at", "a.csv:2", "names", "rename"]),
        (["0.5", "0.50"], ["'0.50'", "'0.5'"]), (["1", "1.00"], ["'1.00'", "'1'"]),
        (["0", "1", "True"], ["'True'", "'1'"]), (["1e3", "1000"], ["'1000'", "'1e3'"]),
        (["+1", "1"], ["'1'", "'+1'"]),
    ])
    func undecidedSpellingsAreAnError(values: [String], words: [String]) throws {
        let message = try complaint(values)
        for word in words { #expect(message.contains(word), "\(message)") }
    }

    @Test func whatIsDecidedLoads() throws {
        #expect(
            try column(["1", "01", "2"], "{column: y, names: ['1', '01', '2']}").targets
                == .classes([0, 1, 2]))
        #expect(
            try column(["1", "01", "2"], "{column: y, names: ['1', '2']}").targets == .classes([0, 0, 1]))
        #expect(
            try column(["1", "01", "2"], "{column: y, rename: {'01': '1'}}").labelSpace.names == ["1", "2"])
        // Codes alone keep their zeros.
        #expect(try column(["00501", "10001"]).labelSpace.names == ["00501", "10001"])
    }

    @Test func numbersAreNamesBeforeTheyAreNumbersOfNames() throws {
        let stars = "{column: y, kind: multiclass, names: ['1', '2', '3', '4', '5']}"
        let corpus = try parts(["1.0", "2.0", "3.0"], ["2.0", "5"], stars)
        #expect(names(corpus) == [["1"], ["2"], ["3"], ["2"], ["5"]])
        #expect(
            try names(column(["0.0", "1.0"], "{column: y, names: ['-1', '0', '1']}")) == [["0"], ["1"]])
        let message = try complaint(["1.0", "6.0"], stars)
        #expect(message.contains("a.csv:3") && message.contains("'6.0'") && !message.contains("0 to 4"))
        let words = try complaint(["0", "3"], "{column: y, names: [a, b, c]}")
        #expect(words.contains("'3'") && words.contains("its number, 0 to 2"))
        let untold = try complaint(["0", "-1"], "{column: y, names: [a, b, c]}")
        #expect(untold.contains("a.csv:3") && untold.contains("missing: [-1]"))
    }

    @Test func indicatorsInEverySpelling() throws {
        let folder = try TestFolder(["a.csv": "text,x,y\na,1.0,FALSE\nb,0,1\nc,0.00,True\nd,-0.0,1.\n"])
        let corpus = try loadCorpus(folder.schema("{file: a.csv, labels: {columns: [x, y]}}"))
        #expect(names(corpus) == [["x"], ["y"], ["y"], ["y"]])
        let bad = try TestFolder(["a.csv": "text,x\na,2\n"])
        #expect(bad.complaint("{file: a.csv, labels: {columns: [x]}}")?.contains("'2'") == true)
    }

    @Test func missingAndRenamed() throws {
        let folder = try TestFolder(["a.csv": table(["0", "-1.0", "1", "nan"])])
        let labels = "{column: y, missing: [-1, nan]}"
        #expect(folder.complaint("{file: a.csv, labels: \(labels)}")?.contains("a.csv:3") == true)
        let corpus = try loadCorpus(
            folder.schema("{file: a.csv, labels: \(labels)}"), missing: .dropped)
        #expect(corpus.ids == ["0", "2"] && corpus.droppedRowCount == 2)
        let renamed = try column(["spam", "Junk", "ham"], "{column: y, rename: {Junk: spam}}")
        #expect(names(renamed) == [["spam"], ["spam"], ["ham"]])
    }

    @Test func caseIsToldApartWithANotice() throws {
        let corpus = try column(["Spam", "spam", "ham"])
        #expect(corpus.labelSpace.count == 3)
        #expect(corpus.notices.contains { $0.contains("'Spam' and 'spam'") && $0.contains("ignore-case") })
        let folded = try column(["Spam", "spam", "ham"], "{column: y, ignore-case: true}")
        #expect(folded.labelSpace.names == ["Spam", "ham"] && folded.notices.isEmpty)
        #expect(try column(["None", "a"]).notices.contains { $0.contains("missing: [None]") })
    }

    // MARK: Lists

    @Test(arguments: [
        "{column: y}", "{column: y, kind: multilabel}", "{column: y, separator: ','}",
        "{column: y, separator: ';'}",
    ])
    func listsAreLists(labels: String) throws {
        for values in [
            ["['joy', 'love']", "['joy']", "['anger', 'joy']", "[]"],
            ["[\"joy\", \"love\"]", "[\"joy\"]", "[\"anger\",\"joy\"]", "[]"],
            ["['joy' 'love']", "['joy']", "['anger' 'joy']", "[]"],
            ["('joy', 'love')", "('joy',)", "('anger', 'joy')", "()"],
        ] {
            let corpus = try column(values, labels)
            #expect(corpus.labelSpace.kind == .multilabel)
            #expect(names(corpus) == [["joy", "love"], ["joy"], ["anger", "joy"], []])
        }
    }

    @Test func bareListsAndLabelsInBrackets() throws {
        #expect(try names(column(["[joy, love]", "[joy]"])) == [["joy", "love"], ["joy"]])
        #expect(try column(["[spam]", "[ham]", "ham"]).labelSpace.names == ["[ham]", "[spam]", "ham"])
        #expect(
            try names(column(["[0, 2]", "[1]"], "{column: y, names: [a, b, c]}")) == [["a", "c"], ["b"]])
        #expect(
            try names(column(["[joy; love]", "[joy]", "[love, joy]"], "{column: y, separator: ';'}"))
                == [["joy", "love"], ["joy"], ["joy", "love"]])
    }

    @Test func listsBesideOtherCells() throws {
        for values in [["['joy']", "love"], ["love", "['joy', 'love']"], ["[]", "joy"]] {
            let message = try complaint(values)
            #expect(
                message.contains("a.csv:2") && message.contains("a.csv:3") && message.contains("list"),
                "\(message)")
        }
        #expect(
            try complaint(["['joy']", "['love']"], "{column: y, kind: multiclass}").contains("found a list"))
    }

    @Test func separatorsThatNobodyNamed() throws {
        let joined = ["damage;logistics", "logistics;privacy", "damage", "privacy"]
        for labels in ["{column: y}", "{column: y, kind: multilabel}"] {
            let notices = try column(joined, labels).notices
            #expect(
                notices.contains { $0.contains("2 of 4") && $0.contains("separator: \";\"") }, "\(notices)")
        }
        #expect(try column(["a,b", "b,a"]).notices.contains { $0.contains("every different cell") })
        // Names that hold commas are names.
        #expect(try column(["Smith, John", "Doe, Jane", "Roe, Richard"]).notices.isEmpty)
        #expect(try column(["a|b", "b|c"], "{column: y, kind: multilabel}").notices.isEmpty)
        let empty = try complaint(["a;b", ""])
        #expect(empty.contains("separator") && empty.contains("drop-missing"))
    }

    // MARK: Labels that train lacks

    private func split(_ corpus: Corpus, _ plan: SplitPlan = .official) throws -> Split {
        let split = try plan.split(
            corpus.targets, labels: corpus.labelSpace, official: corpus.officialParts,
            groups: plan.groups(of: corpus)
        ).split
        try corpus.requireLearnable(split, official: plan.official)
        return split
    }

    @Test func labelsThatOnlyTestHas() throws {
        let cases: [(train: [String], test: [String], words: [String])] = [
            (
                ["0", "1"], ["-1", "-1"],
                ["test.csv:2", "'-1'", "2 rows of test", "0, 1", "missing: [-1]", "unseen: allow"]
            ),
            (["spam", "ham"], ["ham", "sapm"], ["test.csv:3", "did you mean 'spam'"]),
            (["a", "b"], ["a", "b", "c"], ["'c'"]),
            (["['a']", "['b']"], ["['a', 'c']"], ["'c'"]),
        ]
        for (train, test, words) in cases {
            let corpus = try parts(train, test)
            let error = #expect(throws: SplitError.self) { try split(corpus) }
            for word in words {
                #expect("\(error.map { "\($0)" } ?? "")".contains(word), "\(String(describing: error))")
            }
        }
        _ = try split(parts(["a", "b"], ["a", "c"], "{column: y, unseen: allow}"))
        _ = try split(parts(["a", "b"], ["a", "c"], "{column: y, names: [a, b, c]}"))
        // Nothing that is learnt could be right.
        for labels in ["{column: y, unseen: allow}", "{column: y, names: [a, b, c]}"] {
            let corpus = try parts(["a", "b"], ["c"], labels)
            #expect(throws: SplitError.nothingLearnable(.test, labels: ["c"], train: ["a", "b"])) {
                try split(corpus)
            }
        }
    }

    // MARK: Columns that are none of labels

    @Test func aColumnOfIDsIsNoLabel() throws {
        let values = (0..<1500).map { "id\($0)" }
        let message = try complaint(values)
        #expect(message.contains("'y' has 1500 different values in 1500 rows") && message.contains("--label"))
        #expect(try column(Array(values.prefix(900))).labelSpace.count == 900)
    }

    // MARK: Groups

    @Test func rowsWithoutAGroupStandAlone() throws {
        let rows = (0..<300).map { "t\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 % 3 == 0 ? " " : "g\($0 % 40)")" }
        let folder = try TestFolder(["a.csv": "text,y,g\n" + rows.joined(separator: "\n")])
        let corpus = try loadCorpus(
            folder.schema("{file: a.csv, columns: {group: g}, labels: {column: y}}"))
        let plan = SplitPlan(
            shares: try SplitShares(train: 0.7, validation: 0.15, test: 0.15), groupBy: .group)
        let split = try split(corpus, plan)
        let alone = stride(from: 0, to: 300, by: 3).map { split.parts[$0] }
        #expect(Set(alone).count == 3)
        #expect(plan.groupNotices(of: corpus) == [.ungroupedRows(100)])
        var partsOfGroup: [String: Set<Part>] = [:]
        for row in 0..<300 where row % 3 != 0 {
            partsOfGroup["g\(row % 40)", default: []].insert(split.parts[row])
        }
        #expect(partsOfGroup.values.allSatisfy { $0.count == 1 })
        for (part, expected) in [(Part.train, 210), (.validation, 45), (.test, 45)] {
            #expect(abs(split.rows(of: part).count - expected) <= 8)
        }
    }

    @Test func groupsAreValues() throws {
        let folder = try TestFolder(["a.csv": "text,y,g\na,x,1\nb,y,1.0\nc,x, 1\nd,y,2\n"])
        let corpus = try loadCorpus(
            folder.schema("{file: a.csv, columns: {group: g}, labels: {column: y}}"))
        let plan = SplitPlan(shares: try SplitShares(train: 0.5, validation: 0, test: 0.5), groupBy: .group)
        #expect(try plan.groups(of: corpus)?.first == [0, 0, 0, 3])
    }
}
