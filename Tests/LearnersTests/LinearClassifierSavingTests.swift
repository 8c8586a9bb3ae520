import Foundation
import Labels
import Learners
import TestSupport
import Testing

@Suite struct LinearClassifierSavingTests {
    /// A folder of this test's own, removed afterwards.
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try body(folder.file("model"))
    }

    /// With infinite intercepts among the others: no row carries the sixth label.
    private func fitted(_ solver: LogisticOptions.Solver) throws -> LinearClassifier {
        var options = LogisticOptions.head
        options.solver = solver
        options.adamw.posWeight = .number(2)
        let sets = IndicatorMatrix(
            labelCount: 6, rows: (0..<HeadProblem.N).map { HeadProblem.sets.labels(ofRow: $0) })
        let space = try LabelSpace(kind: .multilabel, names: ["u", "v", "w", "x", "y", "z"])
        return try LogisticRegression.fit(options, to: HeadProblem.floats, .sets(sets), labelSpace: space)
    }

    @Test(arguments: LogisticOptions.Solver.allCases) func aLoadedHeadGivesTheSameBits(
        solver: LogisticOptions.Solver
    ) throws {
        let head = try fitted(solver)
        try withFolder { folder in
            try head.save(to: folder)
            let loaded = try LinearClassifier(from: folder)
            #expect(
                loaded.probabilities(HeadProblem.floats) == head.probabilities(HeadProblem.floats))
            #expect(loaded.labelSpace == head.labelSpace)
            #expect(loaded.notices == head.notices && loaded.scheme == head.scheme)
            #expect(
                Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
                    == ["model.json", "model.safetensors"])
        }
    }

    /// Each replaces a part of the description by another.
    @Test(arguments: [
        ("bakeoff linear", "bakeoff tfidf-logreg"),
        ("\"version\" : 1", "\"version\" : 2"),
        ("\"featureCount\" : 23", "\"featureCount\" : 22"),
        ("\"featureCount\" : 23", "\"featureCount\" : -23"),
        ("\"z\"", "\"y\""),
        ("oneVsRest", "binary"),
        ("oneVsRest", "guess"),
        ("multilabel", "binary"),
    ]) func aDescriptionThatDoesNotFitIsRefused(part: String, replacement: String) throws {
        let head = try fitted(.newtonCholesky)
        try withFolder { folder in
            try head.save(to: folder)
            let file = folder.appending(path: "model.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            try #require(text.contains(part))
            try text.replacing(part, with: replacement).write(to: file, atomically: true, encoding: .utf8)
            #expect(throws: LinearModelError.self) { try LinearClassifier(from: folder) }
        }
    }

    @Test func truncatedTensorsAreRefused() throws {
        let head = try fitted(.newtonCholesky)
        try withFolder { folder in
            try head.save(to: folder)
            let file = folder.appending(path: "model.safetensors")
            try Data(contentsOf: file).dropLast().write(to: file)
            #expect(throws: LinearModelError.self) { try LinearClassifier(from: folder) }
        }
    }
}
