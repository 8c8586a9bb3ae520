import Foundation
import Testing

/// `probe`: the models of a run on edited texts.
@Suite struct ProbeTests {
    private func prepared() throws -> Program {
        let program = try Program()
        try program.runs(Program.moods())
        return program
    }

    private func probe(_ program: Program, _ arguments: String...) throws -> [String: Any] {
        let outcome = try program.run(["probe", "runs/mood", "--format", "json"] + arguments)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try object(outcome.output)
    }

    private func failures(_ probe: [String: Any], of contestant: String) throws -> [String: Int] {
        let all = try #require(probe["contestants"] as? [[String: Any]])
        let own = try #require(all.first { $0["id"] as? String == contestant })
        var counts: [String: Int] = [:]
        for outcome in try #require(own["outcomes"] as? [[String: Any]]) {
            let edit = try #require(outcome["edit"] as? String)
            counts[edit] = (outcome["failures"] as? [String: Any])?["count"] as? Int
        }
        return counts
    }

    /// On the test rows; a label before an edit is the one that the run stored.
    @Test func theTestRowsOfTheRun() throws {
        let program = try prepared()
        let all = try probe(program, "--examples", "1000")
        #expect(all["texts"] as? Int == 180 && all["source"] as? String == "front-desk, test rows")
        let contestants = try #require(all["contestants"] as? [[String: Any]])
        // A dummy reads no text.
        #expect(contestants.compactMap { $0["id"] as? String } == ["tfidf-lr", "vader"])
        let tfidf = try failures(all, of: "tfidf-lr")
        // Its terms are of lower-case letters and digits.
        #expect(tfidf["upper-case"] == 0 && tfidf["lower-case"] == 0)
        #expect(try #require(tfidf["negation"]) > 0 && #require(tfidf["typo"]) > 0)
        #expect(tfidf.count == 8)
    }

    /// What a label is before an edit is what the run stored for the row.
    @Test func labelsBeforeAnEditAreThoseOfTheRun() throws {
        let program = try Program()
        let words = ["dreadful", "plain", "lovely", "cold", "warm", "late", "kind"]
        let rows = (0..<200).map { row in
            let text = "Room \(row) was \(words[row % 7]) and \(words[(row * row + 3) % 7])"
            return (id: "r\(row)", text: text, label: ["bad", "good"][row % 7 % 3 / 2])
        }
        try program.write(
            "id,text,label\n" + rows.map { "\($0.id),\($0.text),\($0.label)\n" }.joined(), to: "d.csv")
        try program.write(
            """
            name: mood
            dataset: {file: d.csv, columns: {id: id}, labels: {column: label}}
            split: {train: 0.5, test: 0.5, seed: 1}
            contestants: [tfidf-logreg]
            """, to: "e.yaml")
        try #require(program.run("run", "e.yaml").status == 0)
        let lines = try program.read("reports/mood/predictions/tfidf-logreg.csv").split(separator: "\n")
        let stored = Dictionary(
            uniqueKeysWithValues: lines.dropFirst().map { line in
                let cells = line.split(separator: ",")
                return (String(cells[0]), String(cells[2]))
            })
        let probe = try probe(program, "--edit", "negation", "--examples", "100")
        let outcomes = try #require(
            (probe["contestants"] as? [[String: Any]])?.first?["outcomes"] as? [[String: Any]])
        let examples = try #require(outcomes.first?["examples"] as? [[String: Any]])
        #expect(examples.count > 50 && stored.count == 100)
        for example in examples {
            let row = try #require(rows.first { $0.text == example["text"] as? String })
            #expect(example["labels"] as? [String] == stored[row.id].map { [$0] }, "\(row)")
        }
    }

    @Test func whatIsStoredStandsInTheReport() throws {
        let program = try prepared()
        #expect(try !program.read("reports/mood/README.md").contains("## Behaviour"))
        let outcome = try program.run("probe", "runs/mood", "--edit", "negation", "--edit", "typo", "--store")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("probe.json, and in the report"), "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("front-desk, test rows: 180 texts\n"))
        let page = try program.read("reports/mood/README.md")
        #expect(page.contains("\n## Behaviour\n\n180 texts of front-desk, test rows."), "\(page)")

        let verified = try program.run("report", "reports/mood", "--verify")
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.errors.contains("since it takes the models: the labels of edited texts in"))
        // The counts of the table are those that probe counts.
        let all = try probe(program, "--edit", "negation", "--edit", "typo")
        let stored = try object(program.read("reports/mood/probe.json"))
        let checks = try #require(stored["checks"] as? [[String: Any]])
        for contestant in try #require(stored["contestants"] as? [[String: Any]]) {
            let id = try #require(contestant["id"] as? String)
            let changed = try #require(contestant["changed"] as? [[String: String]])
            let failures = try failures(all, of: id)
            #expect(failures["typo"] == changed[1].count)
            #expect(failures["negation"] == (checks[0]["texts"] as? Int).map { $0 - changed[0].count })
        }
        // It stays when the run is made again, since the predictions are the same.
        try #require(program.run("run", "e.yaml").status == 0)
        let again = try program.read("reports/mood/README.md")
        let section = try #require(page.split(separator: "\n## ").first { $0.hasPrefix("Behaviour\n") })
        #expect(again.contains(section))

        let text = try program.read("reports/mood/probe.json")
        try program.write(
            text.replacing("\"texts\" : 180", with: "\"texts\" : 181"), to: "reports/mood/probe.json")
        let changed = try program.run("report", "reports/mood", "--verify")
        #expect(changed.status != 0 && changed.errors.contains("probe.json"), "\(changed.errors)")
    }

    @Test func ownTextsAndTemplates() throws {
        let program = try prepared()
        try program.write(
            "The {room|bed} was {lovely|dreadful}.\n\nThank you, {Anna|Peter}!\n", to: "t.txt")
        let templates = try probe(
            program, "--input", "t.txt", "--templates", "--edit", "negation", "--edit", "name")
        #expect(templates["texts"] as? Int == 6)
        #expect(templates["source"] as? String == "t.txt, templates")
        let checks = try #require(templates["checks"] as? [[String: Any]])
        #expect(checks.map { $0["edit"] as? String } == ["negation", "name"])
        #expect(checks.map { $0["texts"] as? Int } == [4, 2])
        #expect(checks.map { $0["label_should"] as? String } == ["change", "stay"])
        // VADER knows "lovely", "dreadful" and what "not" does to them.
        #expect(try failures(templates, of: "vader") == ["negation": 0, "name": 0])
        let stays = try probe(
            program, "--input", "t.txt", "--templates", "--edit", "negation", "--negation-stays")
        #expect(try failures(stays, of: "vader") == ["negation": 4])

        try program.write("text,n\nThe room was lovely.,1\nIt is dreadful,2\n", to: "t.csv")
        let piped = try program.shell(
            "tail -n +2 t.csv | cut -d, -f1 | \"$BAKEOFF\" probe runs/mood/vader --input - --output p.md --format markdown"
        )
        #expect(piped.status == 0 && piped.output.isEmpty, "\(piped.errors)")
        let page = try program.read("p.md")
        #expect(
            page.hasPrefix("# Behaviour on standard input, texts\n") && !page.contains("tfidf"), "\(page)")
        #expect(try probe(program, "--input", "t.csv")["texts"] as? Int == 2)
    }

    @Test func rowsOfSomeLabels() throws {
        let program = try prepared()
        let results = try object(program.read("reports/mood/results.json"))
        let parts = try #require((results["split"] as? [String: Any])?["parts"] as? [[String: Any]])
        let counts = try #require(parts.last?["label_counts"] as? [Int])
        let some = try probe(program, "--gold", "positive", "--gold", "negative", "--edit", "suffix")
        #expect(some["texts"] as? Int == counts[0] + counts[2])
        #expect(some["source"] as? String == "front-desk, test rows labelled positive or negative")
        let text = try program.run("probe", "runs/mood", "--gold", "positive", "--edit", "typo")
        #expect(text.output.hasPrefix("front-desk, test rows labelled positive: \(counts[2]) texts\n"))
        #expect(text.output.contains("\n  before: ") && text.output.contains("\n  after:  "))
    }

    @Test func whatCannotBeProbedIsAnError() throws {
        let program = try prepared()
        func fails(_ arguments: String..., saying words: String) throws {
            let outcome = try program.run(["probe"] + arguments)
            #expect(outcome.status == 2 && outcome.output.isEmpty, "\(arguments): \(outcome.output)")
            #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
        }
        try fails("reports/mood", saying: "its models are in runs/mood")
        try fails("runs/mood/majority", saying: "only dummies, which do not read the text")
        try fails("runs/mood", "--gold", "angry", saying: "--gold: found 'angry', expected one of")
        try fails("runs/mood", "--edit", "grammar", saying: "grammar")
        try fails("runs/mood", "--examples=-1", saying: "--examples must be at least 0")
        try fails("runs/mood", "--templates", saying: "--templates goes with --input")
        try fails(
            "runs/mood", "--input", "none.txt", "--store", saying: "--store is of the run's test rows")
        try fails("runs/mood", "--report", "runs", saying: "runs: not the report of a run")
        try program.write("", to: "none.txt")
        try fails("runs/mood", "--input", "none.txt", saying: "none.txt, texts: no text to probe")
        try fails(
            "runs/mood", "--input", "none.txt", "--gold", "positive",
            saying: "--gold speaks of the run's test rows")
        try program.write("fine\nThe {room was lovely\n", to: "t.txt")
        try fails(
            "runs/mood", "--input", "t.txt", "--templates",
            saying: "template 2, 'The {room was lovely': a '{' without a '}'")

        try program.write("text,label\na,positive\nb,negative\nc,neutral\n", to: "d.csv")
        try program.write(
            Program.moods().replacing("recipe: front-desk", with: "file: d.csv, labels: {column: label}"),
            to: "small.yaml")
        try fails(
            "runs/mood", "--experiment", "small.yaml",
            saying: "small.yaml: its data has other rows than the run in reports/mood")
        _ = try program.shell("mv reports moved && mv e.yaml f.yaml")
        try fails("runs/mood", saying: "not the report of a run")
        try fails("runs/mood", "--report", "moved/mood", saying: "e.yaml")
        let found = try program.run(
            "probe", "runs/mood", "--report", "moved/mood", "--experiment", "f.yaml", "--edit", "suffix")
        #expect(found.status == 0, "\(found.errors)")
        _ = try program.shell("rm runs/mood/run.json")
        try fails("runs/mood", saying: "no run.json says where the run's report is")
        try fails(
            "runs/mood", "--report", "moved/mood",
            saying: "no run.json says where the run's experiment file is")
    }

    @Test func oneOfSeveralTasks() throws {
        let program = try Program()
        try program.write(
            """
            name: two
            tasks:
              - {name: spam, dataset: {recipe: front-desk-spam}, split: {train: 0.8, test: 0.2, seed: 1}}
              - {name: sets, dataset: {recipe: front-desk-emotions}, split: {train: 0.8, test: 0.2, seed: 1}}
            contestants:
              - {id: tfidf-lr, model: tfidf-logreg}
            """, to: "e.yaml")
        try #require(program.run("run", "e.yaml").status == 0)
        let none = try program.run("probe", "runs/two")
        #expect(none.status == 2 && none.errors.contains("--task"), "\(none.errors)")
        let sets = try program.run("probe", "runs/two", "--task", "sets", "--negation-stays")
        #expect(sets.status == 0, "\(sets.errors)")
        #expect(sets.output.contains("front-desk-emotions, test rows: 238 texts"), "\(sets.output)")
    }
}
