import Foundation
import Results
import Testing

@Suite struct RunLayoutTests {
    @Test(
        arguments: [
            ("a.validation", ["a"], []), ("a", ["a.validation"], []), ("A", ["a"], []), ("seeds", [], []),
            ("Seeds", [], []),
            ("A.Validation", ["a"], []), ("a.jsonl", ["a"], ["t"]), ("a", ["b", "a.jsonl"], ["t"]),
            ("a.validation", ["a"], ["t"]),
        ] as [(String, [String], [String])])
    func idsThatMeet(id: String, others: [String], tasks: [String]) {
        #expect(RunLayout.conflict(ofContestant: id, with: others, tasks: tasks) != nil)
    }

    @Test(
        arguments: [
            ("a.jsonl", ["a"], []), ("a.csv", ["a"], []), ("b", ["a"], ["t"]), ("predictions", ["a"], []),
        ]
            as [(String, [String], [String])])
    func idsThatDoNot(id: String, others: [String], tasks: [String]) {
        #expect(RunLayout.conflict(ofContestant: id, with: others, tasks: tasks) == nil)
    }

    @Test(arguments: [
        "README.md", "readme.md", "results.json", "report.html", "seeds", "data.md", "data.json", "data.html",
        "split.csv",
        "split.json", "leaks.csv", "gold.csv", "errors.csv", "predictions", "Tables", "figures", "logs",
        "work",
        "contestant.json", "spam", "SPAM",
    ])
    func tasksThatMeet(name: String) {
        #expect(RunLayout.conflict(ofTask: name, with: ["spam"]) != nil)
        #expect(RunLayout.conflict(ofTask: "emotion", with: ["spam"]) == nil)
    }

    /// Whatever the layout gives a path for is a name that no task may have.
    @Test func everyPathIsReserved() {
        let layout = RunLayout(URL(fileURLWithPath: "/run"))
        let all = [
            layout.results, layout.report, layout.page, layout.split, layout.splitRecord, layout.profile,
            layout.dataPage,
            layout.dataPageHTML, layout.leaks, layout.gold, layout.predictions(of: "x"), layout.log(of: "x"),
            layout.log(of: "x", task: "t"), layout.seed(3).url,
        ]
        for file in all {
            let name = file.path.dropFirst("/run/".count).split(separator: "/")[0]
            #expect(RunLayout.ownNames.contains(String(name)), "\(file.path)")
        }
    }
}
