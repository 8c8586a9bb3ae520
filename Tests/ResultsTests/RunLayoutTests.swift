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
        var names = RunLayout.Contestants(tasks: tasks)
        for other in others { #expect(names.add(other) == nil) }
        #expect(names.add(id) != nil)
    }

    @Test(
        arguments: [
            ("a.jsonl", ["a"], []), ("a.csv", ["a"], []), ("b", ["a"], ["t"]), ("predictions", ["a"], []),
        ]
            as [(String, [String], [String])])
    func idsThatDoNot(id: String, others: [String], tasks: [String]) {
        var names = RunLayout.Contestants(tasks: tasks)
        for other in others { #expect(names.add(other) == nil) }
        #expect(names.add(id) == nil)
    }

    /// Each beside all others takes minutes for as many.
    @Test(.timeLimit(.minutes(1))) func manyNamesAreQuicklyTold() {
        var (contestants, tasks) = (RunLayout.Contestants(tasks: ["t"]), RunLayout.Tasks())
        for number in 0..<10_000 {
            #expect(contestants.add("c\(number)") == nil)
            #expect(tasks.add("t\(number)") == nil)
        }
        #expect(
            contestants.add("c7.validation")
                == "the file '/predictions/c7.validation.csv' would be that of 'c7' too")
        #expect(contestants.add("C77") == "'c77' is taken")
        #expect(tasks.add("T99") == "'t99' is taken")
    }

    @Test(arguments: [
        "README.md", "readme.md", "results.json", "report.html", "seeds", "data.md", "data.json", "data.html",
        "split.csv", "split.csv.gz", "errors.csv.gz",
        "split.json", "leaks.csv", "gold.csv", "errors.csv", "predictions", "Tables", "figures", "logs",
        "work",
        "contestant.json", "spam", "SPAM",
    ])
    func tasksThatMeet(name: String) {
        var names = RunLayout.Tasks()
        #expect(names.add("spam") == nil)
        #expect(names.add(name) != nil)
        #expect(names.add("emotion") == nil)
    }

    /// Whatever the layout gives a path for is a name that no task may have.
    @Test func everyPathIsReserved() {
        let layout = RunLayout(URL(fileURLWithPath: "/run"))
        let all = [
            layout.results, layout.report, layout.page, layout.split, layout.splitRecord, layout.profile,
            layout.dataPage,
            layout.dataPageHTML, layout.leaks, layout.gold, layout.raters, layout.predictions(of: "x"),
            layout.log(of: "x"),
            layout.log(of: "x", task: "t"), layout.seed(3).url, layout.fold(0).url, layout.folds,
            layout.errors,
            layout.record(of: "x"), layout.compactRecordFile, layout.probe,
            layout.url.appending(path: RunLayout.figurePath("x")),
            layout.url.appending(path: RunLayout.tablePath("x", ending: "csv")),
        ]
        for file in all {
            let name = file.path.dropFirst("/run/".count).split(separator: "/")[0]
            #expect(RunLayout.ownNames.contains(String(name)), "\(file.path)")
        }
    }
}
