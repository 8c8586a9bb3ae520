import Corpora
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

    public var text: String { document.markdown }

    private var document: Document {
        let train = results.split[.train]?.rowCount ?? 0
        let dataset = results.dataset
        return Document {
            Block.heading(1, .text(contestant.id))
            Block.paragraph(
                """
                \(contestant.summary). Made by Bakeoff \(results.experiment.bakeoffVersion) in the comparison \
                \(results.experiment.name), seed \(results.experiment.seed).
                """)
            Block.heading(2, "Data")
            Block.paragraph(
                """
                \(dataset.title ?? dataset.name)\(dataset.licence.map { ", \($0)" } ?? ""), \
                \(Wording.plural(train, "train row")); labels \(dataset.labelSpace.names.joined(separator: ", ")).
                """)
            scoreSection
            if let ledger = contestant.ledger {
                Block.heading(2, "Thresholds")
                Block.list(
                    ledger.entries.map {
                        "\($0.rule.rawValue): \(Wording.thresholds($0)), test \(Wording.score($0.test))"
                    })
            }
            Block.heading(2, "Limits")
            Block.paragraph(
                """
                The scores hold for texts like those of this dataset; on others, and for languages, times or groups that it \
                does not have, they say nothing. Labels carry the choices of those who gave them. No decision about a \
                person should rest on a prediction alone.
                """)
            Block.heading(2, "Use")
            Block.code("bakeoff predict --model <this folder> \"a text\"")
            if let loading { python(loading) }
        }
    }

    private var scoreSection: Document {
        let metrics = MetricName.allCases.filter {
            contestant.test.has($0) && !$0.rawValue.hasSuffix("defined")
        }
        let undefined = metrics.filter { contestant.test[$0] == nil }.map(\.readableName)
        // Under several seeds intervals are those of the mean, not of this model.
        let own = results.seeds == nil ? results.analysis?.intervals[contestant.id] ?? [:] : [:]
        var scores = Table(["metric", .numbers(own.isEmpty ? "test" : "test [95% interval]")])
        for metric in metrics where contestant.test[metric] != nil {
            let interval = own[metric].map { " \(Wording.interval($0))" } ?? ""
            scores.add([metric.readableName, Wording.score(contestant.test[metric]) + interval])
        }
        return Document {
            Block.heading(2, "Scores on \(Wording.plural(contestant.test.support, "test row"))")
            Block.table(scores)
            if !undefined.isEmpty {
                Block.paragraph("Undefined on these rows: \(undefined.joined(separator: ", ")).")
            }
        }
    }

    /// The lines of Python that load the model.
    private func python(_ loading: TransformersLoading) -> Document {
        let trust: String, head: Inline
        switch loading {
        case .builtIn:
            trust = ""
            head = ""
        case .modelingFile(let name, let headReads):
            trust = ", trust_remote_code=True"
            head = """
                The head reads \(headReads), which no class of \(code: "transformers") computes; \(code: name) in this \
                folder does, and \(code: "trust_remote_code=True") lets it run. Without that, \(code: "transformers") \
                refuses the folder instead of computing something else.
                """
        }
        return Document {
            Block.paragraph("Or in Python:")
            Block.code(
                """
                from transformers import AutoModelForSequenceClassification, AutoTokenizer

                tokenizer = AutoTokenizer.from_pretrained("<this folder>")
                model = AutoModelForSequenceClassification.from_pretrained("<this folder>"\(trust))
                """, language: "python")
            Block.paragraph(head)
        }
    }
}
