import Results
import Tables
import Testing

/// Every message says what was found, what was expected, and what to do where that is not plain.
@Suite struct ResultsErrorTests {
    private static let place = DataPlace(file: "p.csv", line: 3)

    @Test(arguments: [
        (ResultsError.badResults(file: "r.json", reason: "x"), "r.json: not the results of a run: x"),
        (.badPredictions(place, found: "x", expected: "y"), "p.csv:3: found x, expected y"),
        (.noPredictions(file: "p.csv"), "p.csv: no rows"),
        (
            .fileForFolder("e.yaml"),
            "e.yaml/results.json: no such file, as e.yaml is a file; expected the folder of a run, such as reports/NAME"
        ),
        (
            .nothingToRank(by: "f1-macro"),
            "--rank-by f1-macro: the runs have no two contestants, dummies aside, that are on two datasets or more, so that nothing is ranked by it; leave it out"
        ),
        (.differentRowCount(truth: 2, predictions: 3), "the truth has 2 rows, the predictions have 3"),
        (.unmatchedID("7", file: "p.csv"), "p.csv: no row has the id '7'"),
        (
            .unknownLabel(place, "spma", known: ["ham", "spam"]),
            "p.csv:3: found label 'spma'; did you mean 'spam'?; expected one of ham, spam"
        ),
        (.unknownLabel(place, "7", known: ["8"]), "p.csv:3: found label '7'; expected one of 8"),
        (
            .undecidedLabels(place, "01", first: "1", at: DataPlace(file: "p.csv", line: 2)),
            "p.csv:3: found label '01', and '1' at p.csv:2: they may be one label or two; list the labels with --labels"
        ),
        (
            .disagrees(what: "rows", stored: "1", recomputed: "2"),
            "rows: results.json says 1, the stored predictions give 2"
        ),
        (
            .reportIncomplete(folder: "e", missing: ["a", "b"]),
            "e: the report is not complete: a, b are missing; 'bakeoff report' renders it again"
        ),
        (
            .reportIncomplete(folder: "e", missing: ["a"]),
            "e: the report is not complete: a is missing; 'bakeoff report' renders it again"
        ),
        (
            .reportDiffers(file: "README.md", line: 3, stored: "1", rendered: "2"),
            "README.md:3: says '1', results.json gives '2'; if nobody changed it, 'bakeoff report' renders it again"
        ),
        (
            .noLabelColumn(file: "p.csv", expected: "gold", found: ["a", "b"]),
            "p.csv: no column 'gold'; found a, b; rename the column that is meant to 'gold', or, if the first row is data, put "
                + "the names of the columns above it"
        ),
        (
            .noSuchMetric("f1", run: "reports/a"),
            "reports/a: its labels have no f1; compare by a metric that all of the runs have"
        ),
        (
            .holdsRun(folder: "reports/a"),
            "reports/a: holds a run, whose pages would be replaced; name another folder"
        ),
        (
            .noAnalysis(wanted: "x"),
            "the run has no analysis, where x would stand: take 'analysis: false' out of its experiment and run it again"
        ),
    ])
    func messages(error: ResultsError, text: String) {
        #expect(error.description == text)
    }
}
