import Bakeoff
import Foundation

extension FuzzTarget {
    /// What each run left, changed or with a file of another place, and then reported on, verified and compared.
    static let runs = ["o", "multilabel", "tasks"].map { name in
        FuzzTarget(
            name: "report-\(name)",
            prepare: { folder, runs in
                for place in ["changed", "kept"] {
                    try copy(runs.appendingPathComponent("reports/\(name)").path, to: folder, as: place)
                }
            },
            isChanged: { path in
                path.hasPrefix("changed/") && !path.contains("/tables/")
                    && ["json", "csv", "jsonl"].contains((path as NSString).pathExtension)
            },
            run: { folder, _ in
                let kept = RunLayout(folder.appendingPathComponent("kept"))
                let place = RunLayout(folder.appendingPathComponent("changed"))
                let results = try ExperimentResults(contentsOf: place)
                let report = try RenderedReport(results, in: place)
                _ = try? verifyResults(results, in: place)
                try? report.verify()
                let runs = [(results, place), (try ExperimentResults(contentsOf: kept), kept)]
                _ = try ComparisonReport(
                    runs.enumerated().flatMap { ComparedRun.each(of: $1.0, named: "\($0)", in: $1.1) }
                ).html
            })
    }

    /// Saved models: one for each contestant of the runs.
    static let models = [
        "o/lr", "o/svm", "o/nb", "o/vader", "o/majority", "o/frozen", "o/fine", "multilabel/lr", "tasks/lr",
        "tasks/several",
    ].map { path in
        FuzzTarget(
            name:
                "model-\(path.hasPrefix("o/") ? String(path.dropFirst(2)) : path.replacing("/", with: "-"))",
            prepare: { folder, runs in
                try copy(runs.appendingPathComponent("models/\(path)").path, to: folder, as: "m")
            }, isChanged: { !$0.hasSuffix("README.md") },
            run: { folder, _ in
                let place = folder.appendingPathComponent(path.hasPrefix("tasks") ? "m/sentiment" : "m")
                let model = try SavedModel(folder: place)
                let texts = ["the room was good", "", "a b"]
                for row in try model.predict(texts) {
                    let numbers = row.probabilities.map(\.probability)
                    if !numbers.allSatisfy({ (0...1).contains($0) }) {
                        throw Finding(.cut, "probabilities \(numbers)")
                    }
                }
                _ = try? model.explanation(of: texts[0])
            })
    }
}
