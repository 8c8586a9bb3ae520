import Experiments
import Foundation
import Results
import TestSupport
import Testing

/// Experiments with ensembles, of texts that naive Bayes and logistic regression tell apart, but not in the same way.
enum EnsembleExperiment {
    /// The ensembles stand before what they are made of.
    static let yaml = """
        name: small
        seed: 42
        dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}
        split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}
        contestants:
          - {id: best, model: ensemble, method: greedy, rounds: 6, metric: log-loss}
          - {id: vote, model: ensemble, of: [nb, lr, drawn]}
          - {id: drawn, model: dummy, strategy: prior}
          - {id: nb, model: naive-bayes}
          - {id: lr, model: tfidf-logreg}
          - {id: few, model: tfidf-logreg, tfidf: {max-features: 3}}
          - {id: svm, model: linear-svm}
        report: {analysis: false}

        """

    /// 60 rows with words that their label has more often than the other.
    static let data: String = {
        let words = ["prize", "dinner", "win", "see", "now", "you", "cash", "late"]
        let rows = (0..<60).map { row in
            let isSpam = row % 3 == 0
            // Even words are spam's: each row has four, of which some are the other's.
            let own = (0..<4).map { place in
                let number = (row * 7 + place * 5 + row * row * place) % 8
                let turned = (row + place) % 4 == 0
                return words[number / 2 * 2 + (isSpam != turned ? 0 : 1)]
            }
            let kind = row % 2 == 0 ? "x" : "y"
            return
                "r\(row),\(own.joined(separator: " ")) \(kind)\(row % 5),\(isSpam ? "spam" : "ham"),\(kind)\n"
        }
        return "id,text,label,kind\n" + rows.joined()
    }()

    static func small(_ yaml: String = EnsembleExperiment.yaml) throws -> SmallExperiment {
        try SmallExperiment(yaml, files: ["data.csv": data])
    }
}

extension SmallExperiment {
    /// The stored predictions of a contestant, as numbers. Shape: [N][K].
    func probabilities(_ contestant: String, in folder: String = "report", validation: Bool = false) throws
        -> [[Float]]
    {
        let file = RunLayout(place(folder)).predictions(of: contestant, validation: validation)
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst(3).compactMap { Float($0) }
        }
    }

    /// The mean of what contestants stored, each as often as it has votes, as it would be stored.
    func mean(
        of votes: [(id: String, count: Int)], in folder: String = "report", validation: Bool = false
    ) throws -> [[Float]] {
        let members = try votes.map {
            try (probabilities($0.id, in: folder, validation: validation), Double($0.count))
        }
        let all = votes.map { Double($0.count) }.reduce(0, +)
        return members[0].0.indices.map { row in
            members[0].0[row].indices.map { label in
                Float(members.reduce(0) { $0 + $1.1 * Double($1.0[row][label]) } / all)
            }
        }
    }

    /// All predictions and what results say but for times, by which two runs are the same.
    func bytes() throws -> [String: String] {
        let folder = place("report")
        var files: [String: String] = [:]
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        for name in names where name.hasSuffix(".csv") || name.hasSuffix("results.json") {
            files[name] =
                name.hasSuffix("results.json")
                ? try digestWithoutTimes(
                    RunLayout(folder.appendingPathComponent(name).deletingLastPathComponent()))
                : try read("report/\(name)")
        }
        return files
    }

    private func digestWithoutTimes(_ folder: RunLayout) throws -> String {
        var results = try ExperimentResults(contentsOf: folder)
        results.timings = .none
        return try results.digest()
    }
}
