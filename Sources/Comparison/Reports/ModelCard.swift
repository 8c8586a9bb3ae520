import Evaluation
import Results

/// What stands beside a saved model as `README.md`: what it is, what made it, what it scored, what it is not good for.
public struct ModelCard: Sendable {
    private let results: ExperimentResults
    private let contestant: ContestantResults
    private let loading: TransformersLoading?

    /// - Parameter loading: How `transformers` loads the model; nil where it cannot.
    public init(
        _ contestant: ContestantResults, of results: ExperimentResults, loading: TransformersLoading? = nil
    ) {
        self.loading = loading
        self.results = results
        self.contestant = contestant
    }

    public var text: String {
        let metrics = MetricName.allCases.filter {
            contestant.test[$0] != nil && !$0.rawValue.hasSuffix("defined")
        }
        let undefined = MetricName.allCases.filter {
            contestant.test.has($0) && contestant.test[$0] == nil && !$0.rawValue.hasSuffix("defined")
        }.map(\.readableName).joined(separator: ", ")
        // Under several seeds intervals are those of the mean, not of this model.
        let own = results.seeds == nil ? results.analysis?.intervals[contestant.id] ?? [:] : [:]
        var scores = Table(["metric", own.isEmpty ? ">test" : ">test [95% interval]"])
        for metric in metrics {
            let interval = own[metric.rawValue].map { " \(Wording.interval($0))" } ?? ""
            scores.add([metric.readableName, Wording.score(contestant.test[metric]) + interval])
        }
        let dataset = results.dataset
        let train = results.split.parts.first { $0.name == "train" }?.rowCount ?? 0
        let thresholds = contestant.ledger?.entries.map { entry -> Markdown in
            "- \(entry.rule.rawValue): \(Wording.thresholds(entry)), test \(Wording.score(entry.test))\n"
        }
        let labels = dataset.labelSpace.names.joined(separator: ", ")
        let named = dataset.title ?? dataset.name
        let licence = dataset.licence.map { ", \($0)" } ?? ""
        let page: Markdown = """
            # \(contestant.id)

            \(contestant.summary). Made by Bakeoff \(results.experiment.bakeoffVersion) in the comparison \
            \(results.experiment.name), seed \(results.experiment.seed).

            ## Data

            \(named)\(licence), \(Wording.plural(train, "train row")); labels \(labels).

            ## Scores on \(Wording.plural(contestant.test.support, "test row"))

            \(scores.markdown)
            """ + (undefined.isEmpty ? "" : "\nUndefined on these rows: \(undefined).\n")
        let ledger: Markdown = thresholds.map { "\n## Thresholds\n\n\($0.joined())" } ?? ""
        let limits: Markdown = """

            ## Limits

            The scores hold for texts like those of this dataset; on others, and for languages, times or groups that it \
            does not have, they say nothing. Labels carry the choices of those who gave them. No decision about a \
            person should rest on a prediction alone.

            ## Use

            ```
            bakeoff predict --model <this folder> "a text"
            ```

            """
        return (page + ledger + limits + python).source
    }

    /// The lines of Python that load the model.
    private var python: Markdown {
        guard let loading else { return "" }
        let trust: Markdown, words: Markdown
        switch loading {
        case .builtIn:
            trust = ""
            words = ""
        case .modelingFile(let name, let headReads):
            trust = ", trust_remote_code=True"
            words = """

                The head reads \(headReads), which no class of `transformers` computes; \(.code(name)) in this folder does, and \
                `trust_remote_code=True` lets it run. Without that, `transformers` refuses the folder instead of computing \
                something else.

                """
        }
        return """

            Or in Python:

            ```python
            from transformers import AutoModelForSequenceClassification, AutoTokenizer

            tokenizer = AutoTokenizer.from_pretrained("<this folder>")
            model = AutoModelForSequenceClassification.from_pretrained("<this folder>"\(trust))
            ```

            """ + words
    }
}
