import Classes
import Foundation
import Labels
import Results
import TestSupport
import Testing

/// What is wrong with an entry is told at once, as a person would explain it.
@Suite struct EntryTests {
    /// An entry of the example: every row negative, in the order of test.csv.
    private func example(_ room: Classroom) throws -> [String] {
        try room.folder.read("class/students/example-entry.csv").split(separator: "\n").map(String.init)
    }

    private func faults(
        _ text: String, _ name: String = "entry.csv", in room: Classroom? = nil
    ) throws -> (kinds: [EntryFault.Kind], text: String, usable: Int) {
        let room = try room ?? Classroom.sentiment.get()
        let folder = try TemporaryFolder()
        let entry = try ClassEntry(folder.write(text, to: name), of: room.secret())
        #expect((entry.predictions == nil) == !entry.faults.isEmpty)
        #expect(
            entry.faults.allSatisfy {
                !$0.explanation.contains(folder.url.path) && $0.explanation.hasSuffix(".")
            })
        return (
            entry.faults.map(\.kind), entry.faults.map(\.explanation).joined(separator: "\n"),
            entry.usableRows
        )
    }

    @Test func theExampleIsValid() throws {
        let room = try Classroom.sentiment.get()
        let lines = try example(room)
        let whole = try faults(lines.joined(separator: "\n"))
        #expect(whole.kinds.isEmpty && whole.usable == 180)
        // In any order, without a line feed at the end, with space around labels, further columns, and as JSON Lines.
        let shuffled = [lines[0]] + lines.dropFirst().reversed()
        #expect(try faults(shuffled.joined(separator: "\n")).kinds.isEmpty)
        let more = lines.enumerated().map { $0.offset == 0 ? "note,\($0.element)" : "x,\($0.element) " }
        #expect(try faults(more.joined(separator: "\r\n")).kinds.isEmpty)
        let json = lines.dropFirst().map { line in
            let fields = line.split(separator: ",")
            return #"{"id": "\#(fields[0])", "predicted": "\#(fields[1])"}"#
        }
        #expect(try faults(json.joined(separator: "\n"), "entry.jsonl").kinds.isEmpty)
        let tabs = lines.map { $0.replacing(",", with: "\t") }
        #expect(try faults(tabs.joined(separator: "\n"), "entry.tsv").kinds.isEmpty)
    }

    @Test func idsThatAreMissingDoubledOrUnknown() throws {
        var lines = try example(Classroom.sentiment.get())
        let missing = lines.remove(at: 5).prefix(12)
        lines.append(lines[9])
        lines += ["abc,negative", ",negative"]
        let found = try faults(lines.joined(separator: "\n"))
        #expect(found.kinds == [.missingIDs, .repeatedIDs, .unknownIDs, .emptyIDs])
        #expect(found.text.contains("1 id of test.csv has no row: '\(missing)'. Every one of the 180 rows"))
        #expect(found.text.contains("1 id stands in several rows: '\(lines[9].prefix(12))'"))
        #expect(found.text.contains("1 row has an id that test.csv does not have: 'abc'"))
        #expect(found.text.contains("The row at line 183 has no id"), "\(found.text)")
        #expect(found.usable == 178)
        // The dataset's own ids are as unknown as any.
        let originals = try Classroom.sentiment.get().rows("secret/mapping.csv").filter { $0[1] == "test" }
        let own = try faults("id,predicted\n" + originals.map { "\($0[2]),negative\n" }.joined())
        #expect(
            own.kinds == [.missingIDs, .unknownIDs] && own.text.contains("and 175 more") && own.usable == 0)
    }

    @Test func labelsThatThereAreNot() throws {
        var lines = try example(Classroom.sentiment.get())
        func set(_ row: Int, _ label: String) { lines[row] = lines[row].prefix(13) + label }
        set(3, "negativ")
        set(4, "negativ")
        set(7, "joy")
        set(8, "")
        set(9, "negative|positive")
        let found = try faults(lines.joined(separator: "\n"))
        #expect(found.kinds == [.labelCount, .unknownLabels])
        #expect(
            found.text.contains(
                "'negativ' (first at line 4, perhaps meant 'negative'), 'joy' (first at line 8)"),
            "\(found.text)")
        #expect(found.text.contains("expected negative, neutral, positive"))
        #expect(
            found.text.contains("The row at line 9 has no label; expected one, and so it is in 1 more row"))
        #expect(found.usable == 175)
    }

    @Test func probabilitiesThatAreNone() throws {
        let ids = try example(Classroom.sentiment.get()).dropFirst().map { $0.prefix(12) }
        func table(_ header: String, _ row: (Int) -> String) -> String {
            "\(header)\n" + ids.enumerated().map { "\($1),\(row($0))\n" }.joined()
        }
        let header = "id,p_negative,p_neutral,p_positive"
        let right = try faults(table(header) { _ in "0.21,0.3,0.5" })
        #expect(right.kinds.isEmpty, "rounded to two digits")
        let wrong = try faults(
            table(header) {
                $0 == 2 ? "1.2,-0.1,-0.1" : $0 == 4 ? "0.2,0.2,0.2" : $0 == 6 ? "nan,0,1" : "0,0,1"
            })
        #expect(wrong.kinds == [.probabilities, .sums])
        #expect(
            wrong.text.contains(
                "The row at line 4 has '1.2' in the column p_negative; expected a number from 0 to 1, and so")
        )
        #expect(wrong.text.contains("The probabilities of the row at line 6 sum to 0.6; expected 1."))
        #expect(wrong.usable == 177)
        let some = try faults(table("id,p_negative,p_neutral,p_joy") { _ in "0,0,1" })
        #expect(some.kinds == [.probabilityColumns, .probabilityColumns])
        #expect(
            some.text.contains("'p_joy' are of no label") && some.text.contains("'p_positive' is missing"))
        let against = try faults(
            table("id,predicted,p_negative,p_neutral,p_positive") { _ in "negative,0,0.2,0.8" })
        #expect(against.kinds == [.disagreement] && against.text.contains("'positive' by the probabilities"))
    }

    @Test func filesThatAreNoTable() throws {
        let lines = try example(Classroom.sentiment.get())
        #expect(try faults("").kinds == [.unreadable])
        #expect(try faults("").text.contains("the file is empty"))
        #expect(try faults("id,predicted\n").text.contains("a header and no rows"))
        let name = try faults(lines.joined(separator: "\n"), "entry.txt")
        #expect(name.kinds == [.fileName] && name.text.contains("ends in .csv"))
        let header = try faults((["ID,label"] + lines.dropFirst()).joined(separator: "\n"))
        #expect(header.kinds == [.idColumn, .predictionColumn])
        #expect(
            header.text.contains("no column 'id'; found ID, label")
                && header.text.contains("no column 'predicted'"))
        let headless = try faults(lines.dropFirst().joined(separator: "\n"))
        #expect(headless.kinds == [.idColumn, .predictionColumn])
        let near = try faults((["id,prediction"] + lines.dropFirst()).joined(separator: "\n"))
        #expect(near.kinds == [.predictionColumn] && near.text.contains("perhaps meant by 'prediction'"))
        let semicolons = try faults(lines.map { $0.replacing(",", with: ";") }.joined(separator: "\n"))
        #expect(semicolons.kinds == [.unreadable] && semicolons.text.contains("in which ';' parts the names"))
        var ragged = lines
        ragged[50] += ",again"
        let cut = try faults(ragged.joined(separator: "\n"))
        #expect(cut.kinds == [.unreadable] && cut.text.contains("entry.csv:51: found 3 fields, expected 2"))
        #expect(cut.text.contains("The rows after it were not checked") && cut.usable == 49)
        let folder = try TemporaryFolder()
        let bytes = Array("id,predicted\n".utf8) + [0xE9, 0x2C] + Array("negative\n".utf8)
        let latin = try ClassEntry(
            folder.write(bytes, to: "entry.csv"), of: Classroom.sentiment.get().secret())
        #expect(
            latin.faults.map(\.kind) == [.unreadable] && latin.faults[0].explanation.contains("not UTF-8"))
        let missing = try ClassEntry(folder.file("entri.csv"), of: Classroom.sentiment.get().secret())
        #expect(missing.faults.map(\.kind) == [.notFound])
        #expect(missing.faults[0].explanation == "There is no entri.csv; found entry.csv.")
    }

    /// Links may lead to files of the grader's machine, such as the secret itself.
    @Test func linksAreNotFollowed() throws {
        let room = try Classroom.sentiment.get()
        let folder = try TemporaryFolder()
        let stolen = room.folder.file("class/secret/baselines/tfidf-lr.csv")
        try FileManager.default.createSymbolicLink(at: folder.file("entry.csv"), withDestinationURL: stolen)
        #expect(try ClassEntry(folder.file("entry.csv"), of: room.secret()).faults.map(\.kind) == [.link])
        try FileManager.default.copyItem(
            at: room.folder.file("class/secret/models/tfidf-lr"), to: folder.file("model"))
        #expect(try ClassEntry(folder.file("model"), of: room.secret()).faults.isEmpty)
        try FileManager.default.createSymbolicLink(at: folder.file("model/notes"), withDestinationURL: stolen)
        #expect(try ClassEntry(folder.file("model"), of: room.secret()).faults.map(\.kind) == [.link])
    }

    /// A saved model labels the texts: it says what it said in the run.
    @Test func aModelIsRun() throws {
        let room = try Classroom.sentiment.get()
        let secret = try room.secret()
        for baseline in secret.baselines {
            let entry = ClassEntry(room.folder.file("class/secret/models/\(baseline.id)"), of: secret)
            #expect(entry.faults.isEmpty && entry.usableRows == 180)
            #expect(entry.predictions?.test == baseline.test)
            #expect(entry.predictions?.isProbabilistic == baseline.isProbabilistic)
        }
        let other = try Classroom("front-desk-spam", contestants: ["{id: m, model: dummy}"])
        let foreign = ClassEntry(other.folder.file("class/secret/models/m"), of: secret)
        #expect(foreign.faults.map(\.kind) == [.model])
        #expect(
            foreign.faults[0].explanation.hasPrefix(
                "The model knows the labels ham, spam (binary); expected negative"))
        let none = ClassEntry(room.folder.file("class/students"), of: secret)
        #expect(
            none.faults.map(\.kind) == [.model] && none.faults[0].explanation.contains("not a fitted model"))
    }

    /// Several labels a row: joined, as lists, or none; and decided at thresholds of the entry's own.
    @Test func entriesWithSeveralLabels() throws {
        let room = try Classroom("front-desk-emotions")
        let secret = try room.secret()
        let ids = secret.rows.ids
        func entry(_ rows: (Int) -> String, _ header: String = "id,predicted") throws -> ClassEntry {
            let folder = try TemporaryFolder()
            let text = "\(header)\n" + ids.indices.map { "\(ids[$0]),\(rows($0))\n" }.joined()
            return try ClassEntry(folder.write(text, to: "entry.csv"), of: secret)
        }
        let joined = try entry { $0 % 3 == 0 ? "" : $0 % 3 == 1 ? "joy|anger" : "fear" }
        #expect(joined.faults.isEmpty)
        #expect(joined.predictions?.test.predicted.labels(ofRow: 0) == [])
        #expect(joined.predictions?.test.predicted.labels(ofRow: 1) == [0, 3])
        let lists = try entry { $0 % 2 == 0 ? "\"['joy', 'anger']\"" : "[]" }
        #expect(lists.faults.isEmpty && lists.predictions?.test.predicted.labels(ofRow: 0) == [0, 3])
        #expect(try entry { _ in "joy|angre" }.faults.map(\.kind) == [.unknownLabels])
        let names = secret.record.labelSpace.names
        let header = "id,predicted," + names.map { "p_\($0)" }.joined(separator: ",")
        let cells = names.map { $0 == "joy" ? "0.3" : "0.1" }.joined(separator: ",")
        let tuned = try entry({ _ in "joy,\(cells)" }, header)
        #expect(tuned.faults.isEmpty && tuned.predictions?.test.predicted.labels(ofRow: 0) == [3])
        #expect(tuned.notices == ["labels were decided at other thresholds than 0.5"])
    }

    /// A metric of probabilities needs them.
    @Test func probabilitiesAreAskedForWhereTheyAreScored() throws {
        let room = try Classroom("front-desk-spam", more: "report: {rank-by: log-loss}")
        let entry = try ClassEntry(room.folder.file("class/students/example-entry.csv"), of: room.secret())
        #expect(entry.faults.map(\.kind) == [.probabilityColumns])
        #expect(entry.faults[0].explanation.contains("There are no probabilities"))
    }

    @Test func claimsStandBesideAnEntry() throws {
        let room = try Classroom.sentiment.get()
        let folder = try TemporaryFolder()
        let text = try example(room).joined(separator: "\n")
        let file = try folder.write(text, to: "entry.csv")
        #expect(try ClassEntry(file, of: room.secret()).claim == nil)
        try folder.write("reported: 0.61\n", to: "entry.yaml")
        #expect(try ClassEntry(file, of: room.secret()).claim?.score == 0.61)
        for (claim, words) in [
            ("reportd: 0.61", "did you mean 'reported'"),
            ("reported: good", "found 'good', expected a number"),
        ] {
            try folder.write(claim, to: "entry.yaml")
            let entry = try ClassEntry(file, of: room.secret())
            #expect(entry.faults.map(\.kind) == [.claim])
            #expect(
                entry.faults[0].explanation.hasPrefix("entry.yaml:1: ")
                    && entry.faults[0].explanation.contains(words), "\(entry.faults)")
        }
    }
}
