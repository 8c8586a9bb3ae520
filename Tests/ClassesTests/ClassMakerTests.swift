import Classes
import Corpora
import Experiments
import Foundation
import Labels
import Results
import SafeFiles
import TestSupport
import Testing

/// What `class create` makes of an experiment.
@Suite struct ClassMakerTests {
    @Test func studentsGetRowsAndTheSecretTheirLabels() throws {
        let room = try Classroom.sentiment.get()
        #expect(
            try room.folder.names(in: "class/students") == [
                "README.md", "example-entry.csv", "example-entry.yaml", "experiment.yaml", "test.csv",
                "train.csv",
                "validation.csv",
            ])
        for (name, header) in [
            ("train", "id,text,label"), ("validation", "id,text,label"), ("test", "id,text"),
        ] {
            let text = try room.folder.read("class/students/\(name).csv")
            #expect(text.hasPrefix(header + "\n"))
        }
        let corpus = try FrontDesk.corpus("front-desk")
        let place = Dictionary(uniqueKeysWithValues: corpus.ids.enumerated().map { ($1, $0) })
        let mapping = try room.rows("secret/mapping.csv")
        let original = Dictionary(uniqueKeysWithValues: mapping.map { ($0[0], $0[2]) })
        // Every row of the corpus is there once, under another id, with its own text and label.
        #expect(Set(mapping.map { $0[2] }) == Set(corpus.ids) && mapping.count == corpus.count)
        for part in ["train", "validation", "test"] {
            let rows = try room.rows("students/\(part).csv")
            #expect(rows.count == mapping.count { $0[1] == part })
            #expect(rows.map { $0[0] } == rows.map { $0[0] }.sorted())
            for row in rows {
                let place = try #require(original[row[0]].flatMap { place[$0] })
                #expect(row[1] == corpus.texts[place])
                if part != "test" {
                    #expect(row[2] == corpus.labelSpace.names[corpus.targets.labels(ofRow: place)[0]])
                }
            }
        }
        let secret = try room.secret()
        #expect(try secret.rows.ids == room.rows("students/test.csv").map { $0[0] })
        for (row, id) in secret.rows.ids.enumerated() {
            let place = try #require(original[id].flatMap { place[$0] })
            #expect(secret.rows.gold.labels(ofRow: row) == corpus.targets.labels(ofRow: place))
        }
        // Half of the rows are public, and of each label as many as can be.
        let (open, closed) = (secret.rows.indices(.public), secret.rows.indices(.final))
        #expect(open.count + closed.count == 180 && abs(open.count - closed.count) <= 3)
        let counts = [open, closed].map { secret.rows.gold.selecting($0).labelCounts(labelCount: 3) }
        for label in 0..<3 { #expect(abs(counts[0][label] - counts[1][label]) <= 1) }
    }

    /// The baselines' predictions are those of the run, under the new ids.
    @Test func baselinesAreThoseOfTheRun() throws {
        let room = try Classroom.sentiment.get()
        let secret = try room.secret()
        #expect(secret.baselines.map(\.id) == ["majority", "vader", "tfidf-lr"])
        #expect(secret.baselines.map(\.isBaseline) == [true, false, false])
        let mapping = try room.rows("secret/mapping.csv")
        let original = Dictionary(uniqueKeysWithValues: mapping.map { ($0[0], $0[2]) })
        for baseline in secret.baselines {
            let run = try Predictions(
                contentsOf: room.folder.file("class/secret/run/predictions/\(baseline.id).csv"),
                labelSpace: secret.record.labelSpace)
            let place = Dictionary(uniqueKeysWithValues: run.ids.enumerated().map { ($1, $0) })
            let rows = try baseline.test.ids.map { try #require(original[$0].flatMap { place[$0] }) }
            #expect(run.predicted.selecting(rows) == baseline.test.predicted)
            #expect(run.probabilities.selecting(rows) == baseline.test.probabilities)
        }
    }

    /// Attacks: what a student could try without the key.
    @Test func theSecretDoesNotFollowFromTheStudentsPart() throws {
        let room = try Classroom.sentiment.get()
        let secret = try room.secret()
        let (ids, gold) = (secret.rows.ids, (0..<180).map { secret.rows.gold.labels(ofRow: $0)[0] })
        let mapping = try room.rows("secret/mapping.csv").filter { $0[1] == "test" }
        let original = Dictionary(uniqueKeysWithValues: mapping.map { ($0[0], $0[2]) })
        let names = try room.folder.names(in: "class/students")
        let texts = try names.map { try room.folder.read("class/students/\($0)") }
        // No id of the dataset, no key, and no digest of anything secret stands in any file.
        for id in try room.rows("secret/mapping.csv").map({ $0[2] }) {
            #expect(texts.allSatisfy { !$0.contains(id) })
        }
        for name in try room.folder.names(in: "class/secret")
        where !["run", "models", "baselines"].contains(name) {
            let digest = try Fingerprint.sha256(ofFile: room.folder.file("class/secret/\(name)"))
            #expect(texts.allSatisfy { !$0.contains(digest) })
        }
        #expect(texts.allSatisfy { !$0.contains(secret.key.hexadecimal) })
        // Ids that are computed as ours are, with keys that anybody would try.
        for guess in ["", "0", "mood", "front-desk", "secret"] {
            let digits = Fingerprint.sha256(of: Array(guess.utf8))
            let key = try #require(ClassKey(hexadecimal: digits))
            #expect(Set(key.ids(of: mapping.map { $0[2] }, in: .test)).isDisjoint(with: ids))
        }
        let zeros = try #require(ClassKey(hexadecimal: String(repeating: "0", count: 64)))
        #expect(Set(zeros.ids(of: mapping.map { $0[2] }, in: .test)).isDisjoint(with: ids))
        // The order says nothing of the dataset's: neighbours there are no neighbours here.
        let numbers = try ids.map { try #require(original[$0].flatMap { Int($0.filter(\.isNumber)) }) }
        let ranks = numbers.enumerated().sorted { $0.element < $1.element }.map(\.offset)
        let mean = 89.5
        let covariance = ranks.enumerated().reduce(0.0) {
            $0 + (Double($1.offset) - mean) * (Double($1.element) - mean)
        }
        // Spearman's correlation of 180 rows has a standard error of 0.075.
        #expect(abs(covariance / (180 * (180 * 180 - 1) / 12)) < 0.34)
        // Neither place, nor the letters of an id, nor the length of the row's line tells the label better than chance: the
        // label of the nearest row by each, against a third; four standard errors are 0.14.
        func share(_ distance: (Int, Int) -> Double) -> Double {
            let right = (0..<180).count { row in
                let near = (0..<180).filter { $0 != row }.min { distance(row, $0) < distance(row, $1) } ?? 0
                return gold[near] == gold[row]
            }
            return Double(right) / 180
        }
        let letters = ids.map { $0.unicodeScalars.map { Double($0.value) } }
        #expect(share { Double(abs($0 - $1)) } < 0.334 + 0.16)
        #expect(
            share { a, b in zip(letters[a], letters[b]).reduce(0) { $0 + abs($1.0 - $1.1) } } < 0.334 + 0.16)
    }

    /// A key makes the same class again; another key another one.
    @Test func theKeyDecides() throws {
        let key = try #require(ClassKey(hexadecimal: String(repeating: "0f", count: 32)))
        let rooms = try [key, key, .random()].map { try Classroom("front-desk-spam", key: $0) }
        func files(_ room: Classroom) throws -> [String] {
            try [
                "students/train.csv", "students/test.csv", "secret/gold.csv", "secret/key",
                "secret/baselines/tfidf-lr.csv",
            ]
            .map { try room.folder.read("class/\($0)") }
        }
        let (first, again, other) = try (files(rooms[0]), files(rooms[1]), files(rooms[2]))
        #expect(first == again)
        for (a, b) in zip(first, other) { #expect(a != b) }
        let ids = try rooms.map { Set(try $0.rows("students/test.csv").map { $0[0] }) }
        #expect(ids[0].isDisjoint(with: ids[2]))
        #expect(try rooms[0].secret().record.labelSpace.names == ["ham", "spam"])
        #expect(
            ClassKey(hexadecimal: "0f") == nil
                && ClassKey(hexadecimal: String(repeating: "g", count: 64)) == nil)
    }

    /// The students' experiment has the class's labels, kind, and metric, and can be planned; so has one without validation.
    @Test func theStudentsExperimentWorks() throws {
        let rooms = [
            try Classroom("front-desk-emotions", more: "report: {rank-by: f1-micro}"),
            try Classroom("front-desk-spam", split: "{train: 0.8, test: 0.2, seed: 1}"),
            try Classroom(
                "front-desk-spam",
                more: "report: {rank-by: mean-cost, costs: {ham: {spam: 5}, spam: {ham: 1}}}"),
        ]
        for room in rooms {
            let file = try ExperimentFile(contentsOf: room.folder.file("class/students/experiment.yaml"))
            let secret = try room.secret()
            #expect(file.rankBy == secret.record.metric)
            var options = RunOptions(
                output: room.folder.file("report"), models: room.folder.file("models"), command: "test",
                machine: .current)
            options.only = ["majority"]
            let results = try ExperimentRun(file: file, options: options).run(notify: { _ in })
            #expect(results.dataset.labelSpace == secret.record.labelSpace)
        }
        #expect(!rooms[1].folder.exists("class/students/validation.csv"))
        #expect(try !rooms[1].folder.read("class/students/README.md").contains("validation.csv"))
    }

    /// Rows whose text students have with a label are told, and that a recipe's dataset is public.
    @Test func whatIsLookedUpIsTold() throws {
        let folder = try TemporaryFolder()
        let texts = (0..<40).map { "message number \($0) about nothing much at all" }
        // The last ten repeat the first ten.
        let lines = (texts + texts.prefix(10)).enumerated().map { "\($1),\($0 % 2 == 0 ? "yes" : "no")\n" }
        try folder.write("text,label\n" + lines.joined(), to: "t.csv")
        let experiment = try folder.write(
            """
            name: repeats
            dataset: {file: t.csv, labels: {column: label}}
            split: {train: 0.6, test: 0.4, seed: 3}
            contestants: [{id: majority, model: dummy}]
            """, to: "e.yaml")
        let notices = try Classroom.make(experiment, in: folder.file("class"))
        #expect(
            notices.count == 1 && notices[0].contains("of the 20 test rows have a text that students get"))
        #expect(try Classroom.sentiment.get().notices.contains { $0.contains("public dataset") })
    }

    @Test func whatCannotBeAClassIsRefusedBeforeAnythingIsMade() throws {
        let folder = try TemporaryFolder()
        func refusal(_ lines: String) throws -> String {
            let file = try folder.write(
                "name: mood\ncontestants: [{id: m, model: dummy}]\n" + lines, to: "e.yaml")
            return errorText { try Classroom.make(file, in: folder.file("class")) }
        }
        let data = "dataset: {recipe: front-desk}\n"
        #expect(try refusal(data + "split: {folds: 3}").contains("expected one split"))
        #expect(
            try refusal(data + "report: {rank-by: roc-auc-macro}").contains("a metric that has intervals"))
        let task = "dataset: {recipe: front-desk}"
        #expect(try refusal("tasks: [{name: a, \(task)}, {name: b, \(task)}]").contains("2 tasks"))
        #expect(!folder.exists("class"))

        let room = try Classroom("front-desk-spam", contestants: ["{id: m, model: dummy}"])
        let before = try room.folder.read("class/students/test.csv")
        let again = errorText {
            try Classroom.make(room.folder.file("mood.yaml"), in: room.folder.file("class"))
        }
        #expect(again.contains("a class was made here already"))
        #expect(try room.folder.read("class/students/test.csv") == before)
        // A folder of somebody else's.
        try folder.write("mine", to: "class/students/notes.txt")
        #expect(try refusal(data).contains("a class was made here already"))
        #expect(try folder.names(in: "class") == ["students"])
    }

    @Test func aSecretThatWasChangedIsRefused() throws {
        let room = try Classroom("front-desk-spam", contestants: ["{id: m, model: dummy}"])
        let gold = room.folder.file("class/secret/gold.csv")
        let text = try String(contentsOf: gold, encoding: .utf8)
        try text.replacing(",ham,", with: ",spam,", maxReplacements: 1).write(
            to: gold, atomically: true, encoding: .utf8)
        #expect(errorText { try room.secret() }.contains("gold.csv: is not as it was written"))
        #expect(
            errorText { try ClassSecret(room.folder.file("class/students")) }.contains(
                "there is no class.json"))
        let mode = try FileManager.default.attributesOfItem(atPath: room.folder.file("class/secret").path)
        #expect(mode[.posixPermissions] as? Int == 0o700)
    }
}

/// Our corpora as the experiments read them.
enum FrontDesk {
    static func corpus(_ recipe: String) throws -> Corpus {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "dataset: {recipe: \(recipe)}\ncontestants: [{id: m, model: dummy}]\n", to: "e.yaml")
        return try ExperimentFile(contentsOf: file).tasks[0].dataset.load(cache: CacheFolder.url).corpus
    }
}
