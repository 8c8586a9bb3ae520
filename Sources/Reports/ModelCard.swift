import Evaluation
import Results

/// What stands beside a saved model as `README.md`: what it is, what made it, what it scored, what it is not good for.
public struct ModelCard: Sendable {
    private let results: ExperimentResults
    private let contestant: ContestantResults

    public init(_ contestant: ContestantResults, of results: ExperimentResults) {
        self.results = results
        self.contestant = contestant
    }

    public var text: String {
        let metrics = MetricName.allCases.filter {
            contestant.test.has($0) && !$0.rawValue.hasSuffix("defined")
        }
        var scores = Table(["metric", ">test", ">95% interval"])
        for metric in metrics {
            scores.add([
                Wording.metric(metric), Wording.score(contestant.test[metric]),
                Wording.interval(results.analysis?.intervals[contestant.id]?[metric.rawValue]),
            ])
        }
        let dataset = results.dataset
        let train = results.split.parts.first { $0.name == "train" }?.rowCount ?? 0
        let thresholds = contestant.ledger?.entries.map {
            "- \($0.rule.rawValue): \(Wording.thresholds($0)), test \(Wording.score($0.test))\n"
        }
        return """
            # \(contestant.id)

            \(contestant.summary). Made by Bakeoff \(results.experiment.bakeoffVersion) in the comparison \
            \(results.experiment.name), seed \(results.experiment.seed).

            ## Data

            \(dataset.title ?? dataset.name)\(dataset.licence.map { ", \($0)" } ?? ""), \
            \(Wording.plural(train, "train row")); labels \(dataset.labelSpace.names.joined(separator: ", ")).

            ## Scores on \(Wording.plural(contestant.test.support, "test row"))

            \(scores.markdown)
            """ + (thresholds.map { "\n## Thresholds\n\n\($0.joined())" } ?? "") + """

                ## Limits

                The scores hold for texts like those of this dataset; on others, and for languages, times or groups that it \
                does not have, they say nothing. Labels carry the choices of those who gave them. No decision about a \
                person should rest on a prediction alone.

                ## Use

                ```
                bakeoff predict --model <this folder> "a text"
                ```

                """
    }
}
