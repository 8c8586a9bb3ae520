import Evaluation
import Labels
import Reports

/// The page that students read first.
struct ClassInstructions {
    let name: String
    let metric: MetricName
    let labelSpace: LabelSpace
    let hasValidation: Bool

    var document: Document {
        Document {
            Block.heading(1, .text(name))
            Block.paragraph(task)
            Block.heading(2, "Files")
            Block.list(files)
            Block.heading(2, "A first entry")
            Block.paragraph(
                "With \(code: "bakeoff") installed, these lines fit two models and label the test rows with one of them:"
            )
            Block.code(
                """
                bakeoff run \(ClassLayout.experimentName) --output report --models models
                bakeoff predict --model models/tfidf-lr --input \(ClassLayout.testName) --text text --keep-column id --output entry.csv
                """, language: "sh")
            Block.paragraph(firstReport)
            Block.heading(2, "What an entry is")
            Block.list(entry)
            Block.heading(2, "How it is scored")
            Block.list(scoring)
        }
    }

    private var isMultilabel: Bool { labelSpace.kind == .multilabel }

    private var task: Inline {
        let labels = labelSpace.names.map { Inline.code($0) }.joined(separator: ", ")
        let count = isMultilabel ? "any number of labels" : "one label"
        let metric = Wording.rankedMetric(metric)
        return """
            Each text has \(count): \(labels). Learn from the rows whose labels you have, and predict those of \
            \(code: ClassLayout.testName). Entries are scored by \(metric).
            """
    }

    private var files: [Inline] {
        var files: [Inline] = ["\(code: ClassLayout.trainName): rows to learn from, with labels."]
        if hasValidation {
            files.append(
                "\(code: ClassLayout.validationName): rows to choose and to measure by, with labels. Learn from them in the end, if you like."
            )
        }
        return files + [
            "\(code: ClassLayout.testName): the rows to predict, without labels. The ids are new, and the order says nothing.",
            "\(code: ClassLayout.experimentName): an experiment that runs as it is.",
            "\(code: ClassLayout.exampleName), \(code: ClassLayout.exampleClaimName): an entry as it should look.",
        ]
    }

    private var firstReport: Inline {
        let part = hasValidation ? "" : "a part of "
        let name = hasValidation ? ClassLayout.validationName : ClassLayout.trainName
        return
            "The report's test rows are \(part)\(code: name). The more you choose by them, the less its scores tell of rows that nobody chose by."
    }

    private var entry: [Inline] {
        let labels: Inline =
            isMultilabel
            ? "Several labels are joined by \(code: "|"); an empty cell is no label."
            : "One label a row, spelled as in \(code: ClassLayout.trainName)."
        let sum = isMultilabel ? "" : ", which sum to 1 in each row"
        var points: [Inline] = [
            "A CSV file (or TSV, JSON Lines, Parquet) in UTF-8 with the columns \(code: "id") and \(code: "predicted"), a row for every row of \(code: ClassLayout.testName), in any order.",
            labels,
            "Probabilities, if you have them: a column \(code: "p_LABEL") for every label, from 0 to 1\(sum).",
            "Or the folder of a model that \(code: "bakeoff") or \(code: "transformers") saved: it labels the texts then. No code in it is run.",
            "Beside it, if you like, a file of the same name that ends in \(code: ".yaml"): what you expect the entry to score.",
        ]
        if metric.needsProbabilities {
            points.append(
                "Probabilities are needed here, since \(metric.readableName) is computed from them.")
        }
        return points
    }

    private var scoring: [Inline] {
        [
            "A board may show scores on a part of the test rows. It moves only when an entry is ahead of your best one by more than chance, so that a hundred tries climb no higher than a good one.",
            "The final scores are of the other test rows, which no board has shown anything of. Your last valid entry counts there.",
            "Two entries differ only where a paired test says so: a lead of a few rows is a tie.",
        ]
    }
}
