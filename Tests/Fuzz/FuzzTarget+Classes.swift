import Bakeoff
import Foundation

extension FuzzTarget {
    static let classes = [entries]

    /// What students hand in, what they claim of it, and the lecturer's rubric.
    private static let entries = FuzzTarget(
        name: "entries",
        prepare: { folder, _ in
            let rows = (0..<30).map { "\($0),message \($0),\($0 % 3 == 0 ? "good" : "bad")\n" }
            try write("id,text,label\n" + rows.joined(), to: folder, "data.csv")
            try write(
                """
                name: fuzz
                dataset: {file: data.csv, columns: {id: id, text: text}, labels: {column: label}}
                split: {train: 0.6, test: 0.4, seed: 1}
                contestants: [{id: m, model: dummy}]

                """, to: folder, "e.yaml")
            let output = folder.appendingPathComponent("class")
            let file = try ExperimentFile(contentsOf: folder.appendingPathComponent("e.yaml"))
            let options = RunOptions(output: output, models: output, command: "fuzz", machine: .current)
            _ = try ClassMaker(file, options: ClassOptions(), output: output).make(run: options) { _ in }
            let test = output.appendingPathComponent("students/example-entry.csv")
            let lines = try String(contentsOf: test, encoding: .utf8).split(separator: "\n").dropFirst()
            let ids = lines.map { $0.prefix { $0 != "," } }
            try write(
                "id,predicted,p_bad,p_good\n" + ids.map { "\($0),bad,0.6,0.4\n" }.joined(), to: folder,
                "entry.csv")
            try write("reported: 0.5\n", to: folder, "entry.yaml")
            try write(
                ids.map { "{\"id\": \"\($0)\", \"predicted\": \"good\"}\n" }.joined(), to: folder,
                "other.jsonl")
            try write(
                "points:\n  - {for: valid, points: 1, partial: 0.5}\n  - {for: beats, baseline: m, points: 2}\n"
                    + "  - {for: reported, points: 1, within: 0.1, name: a claim}\n", to: folder,
                "rubric.yaml")
        },
        isChanged: { ["entry.csv", "entry.yaml", "other.jsonl", "rubric.yaml"].contains($0) },
        run: { folder, _ in
            let secret = try ClassSecret(folder.appendingPathComponent("class/secret"))
            let rubric = try secret.rubric(folder.appendingPathComponent("rubric.yaml"))
            for name in ["entry.csv", "other.jsonl"] {
                let grade = EntryGrade(folder.appendingPathComponent(name), of: secret, rubric: rubric)
                if grade.isValid != grade.faults.isEmpty || !grade.isValid && grade.score != nil {
                    throw Finding(.cut, "\(name): valid \(grade.isValid), \(grade.faults)")
                }
                if !(0...grade.maxTotal + 1e-9).contains(grade.total) {
                    throw Finding(.cut, "\(name): \(grade.total) of \(grade.maxTotal) points")
                }
                _ = try StableJSON.encode(GradescopeResults(grade)) + StableJSON.encode(OtterResults(grade))
            }
        })
}
