import Corpora
import Experiments
import Foundation
import SettingKeys
import Tables
import TestSupport
import Testing

/// What `ExperimentDraft` decides, told by the file that it writes.
@Suite struct ExperimentDraftTests {
    private func draft(
        _ text: String, _ name: String = "data.csv", change: (inout DatasetOptions) -> Void = { _ in }
    ) throws -> ExperimentDraft {
        let folder = try TemporaryFolder()
        try folder.write(text, to: name)
        var options = DatasetOptions()
        change(&options)
        return try ExperimentDraft(of: name, options: options, folder: folder.url)
    }

    /// 40 rows of two classes, each made by a closure.
    private func table(_ header: String?, _ row: (Int) -> String) -> String {
        ((header.map { [$0] } ?? []) + (0..<40).map(row)).joined(separator: "\n") + "\n"
    }

    private func dataset(_ draft: ExperimentDraft) throws -> SettingsMapping {
        try Setting(yaml: draft.yaml, file: "draft").mappingWithAnyKeys().required("dataset")
            .mappingWithAnyKeys()
    }

    private func label(_ draft: ExperimentDraft) throws -> String? {
        try dataset(draft).required("labels").mappingWithAnyKeys()["column"]?.string()
    }

    private func text(_ draft: ExperimentDraft) throws -> [String] {
        try dataset(draft).required("columns").mappingWithAnyKeys().required("text").strings()
    }

    @Test func columnsByNameAndByContent() throws {
        let plain = try draft(table("text,label") { "some words of row \($0),\($0 % 2 == 0 ? "a" : "b")" })
        #expect(try text(plain) == ["text"] && label(plain) == "label")
        let other = try draft(
            table("n,words,kind") { "\($0),some words of row \($0),\($0 % 2 == 0 ? "a" : "b")" })
        #expect(try text(other) == ["words"] && label(other) == "kind")
        let binary = try draft(table("review,spam") { "some words of row \($0),\($0 % 2)" })
        #expect(try text(binary) == ["review"] && label(binary) == "spam")
    }

    /// Numbers of classes beside their names, as the hub's tables often have them.
    @Test func namesBesideNumbers() throws {
        let both = try draft(
            table("text,kind_id,kind") { "some words of row \($0),\($0 % 3),\(["x", "y", "z"][$0 % 3])" })
        #expect(try label(both) == "kind")
        let hub = try draft(
            table("text,label,label_text") { "some words of row \($0),\($0 % 2),\(["neg", "pos"][$0 % 2])" })
        #expect(try label(hub) == "label_text")
        #expect(throws: Undecided.self) {
            try draft(
                table("text,first,second") {
                    "some words of row \($0),\(["a", "b"][$0 % 2]),\(["x", "y", "z"][$0 % 3])"
                })
        }
    }

    @Test func severalLabelsInACell() throws {
        let lists = try draft(
            table("text,tags") {
                "some words of row \($0),\(["joy;fear", "fear", "anger;joy", "anger;fear"][$0 % 4])"
            })
        #expect(try dataset(lists).required("labels").mappingWithAnyKeys()["separator"]?.string() == ";")
        #expect(lists.decisions.contains { $0.contains("joined by ';'") })
        // Names that hold the mark and never stand apart are names.
        let names = try draft(
            table("text,topic") {
                "some words of row \($0),\"\(["Health, Safety", "Arts, Crafts"][$0 % 2])\""
            })
        #expect(try dataset(names).required("labels").mappingWithAnyKeys()["separator"] == nil)
    }

    @Test func headers() throws {
        let headless = try draft(table(nil) { "\($0 % 2 == 0 ? "ham" : "spam"),some words of row \($0)" })
        #expect(try dataset(headless).required("header").bool() == false)
        #expect(try text(headless) == ["1"] && label(headless) == "0")
        let repeated = try draft(table("text,note,note,label") { "some words of row \($0),x,y,\($0 % 2)" })
        #expect(try label(repeated) == "label")
    }

    @Test func idsGroupsAndDates() throws {
        let all = try draft(
            table("id,author,date,text,label") {
                "r\($0),author \($0 % 7),2024-0\($0 % 9 + 1)-11,some words of row \($0),\(["a", "b"][$0 % 2])"
            })
        #expect(try dataset(all).required("columns").mappingWithAnyKeys()["id"]?.string() == "id")
        let told = all.yaml.replacingOccurrences(of: "\n# ", with: " ")
        #expect(told.contains("group-by: group") && told.contains("holds dates"))
        let twice = try draft(
            table("id,text,label") { "r\($0 / 2),some words of row \($0),\(["a", "b"][$0 % 2])" })
        #expect(try dataset(twice).required("columns").mappingWithAnyKeys()["id"] == nil)
        #expect(twice.decisions.contains { $0.contains("not unique") })
        let grouped = try draft(table("who,text,label") { "w\($0 % 9),some words of row \($0),\($0 % 2)" }) {
            $0.group = "who"
        }
        #expect(grouped.yaml.contains("group-by: group}"))
    }

    @Test func rareClassesAndRepeats() throws {
        let rare = try draft(
            table("text,label") { "some words of row \($0),\($0 == 7 ? "c" : $0 % 2 == 0 ? "a" : "b")" })
        #expect(rare.yaml.contains("clean: {min-rows-per-class: 3, rare-classes: drop}"))
        let repeats = try draft(table("text,label") { "some words of row \($0 / 2),\($0 / 2 % 2)" })
        #expect(repeats.yaml.contains("group-by: duplicates"))
        #expect(throws: Undecided.self) {
            try draft(table("text,label") { "some words of row \($0),\($0 < 36 ? "a" : "c\($0)")" })
        }
    }

    /// Whatever names and values a file has, the YAML means them.
    @Test(arguments: [
        "a: b", "yes", "#1", "a\"b", "[x]", "x\\y", "ä ö", "- x", "null", "1", "{a}", "*x", "a, b",
    ])
    func namesOfAnyKind(name: String) throws {
        let quoted = "\"\(name.replacingOccurrences(of: "\"", with: "\"\""))\""
        let made = try draft(table("\(quoted),label") { "some words of row \($0),\(["a", "b"][$0 % 2])" })
        #expect(try text(made) == [name])
    }

    @Test func whatIsNoTableOfRows() throws {
        func refusal(_ text: String, _ name: String) -> String {
            do {
                return "written: \(try draft(text, name).yaml)"
            } catch {
                return "\(error)"
            }
        }
        let excel = refusal(
            "sep=;\n" + table("text;label") { "some words of row \($0);\($0 % 2)" }, "data.csv")
        #expect(excel.contains("Excel's 'sep=;'") && excel.contains("delete it"), "\(excel)")
        let columns = "{\"text\":{\"0\":\"some words\",\"1\":\"others\"},\"label\":{\"0\":1,\"1\":0}}"
        #expect(refusal(columns, "data.json").contains("orient='records'"))
        #expect(refusal("text,label\n", "data.csv").contains("no rows"))
    }

    @Test func delimitersThatFitAsWell() throws {
        let both = table(nil) { "a;b \($0),c;d" }
        do {
            _ = try draft(both, "data.dat")
            Issue.record("two delimiters fit")
        } catch let error as Undecided {
            #expect(
                error.readings.contains { $0.contains("';'") }
                    && error.readings.contains { $0.contains("','") })
        }
        #expect(try FormGuess(.file(URL(fileURLWithPath: #filePath))).encoding == .utf8)
    }
}
