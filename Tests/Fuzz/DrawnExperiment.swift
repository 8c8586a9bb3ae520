import Foundation

/// An experiment whose settings are drawn: most from what is allowed, its edges with it, a few from what is not.
enum DrawnExperiment {
    static func writeData(to folder: URL) throws {
        let rows = (0..<60).map { row in
            let text = "the room \(row % 7) was \(row % 2 == 0 ? "good" : "bad"), a \(row % 5) b c"
            let many = [["joy", "love"], ["anger"], [], ["joy"]][row % 4].joined(separator: "|")
            return
                "\(row),\(text.replacing(",", with: " ")),\(row % 2),\(["negative", "neutral", "positive"][row % 3]),\(many),g\(row / 2),\(row % 9 == 0)\n"
        }
        try write("id,text,label,three,many,group,flag\n" + rows.joined(), to: folder, "data.csv")
    }

    private typealias Choices = [(key: String, values: [String])]
    private static let booleans = ["true", "false"]
    private static let strengths = ["1e-30", "1e-9", "0.01", "1.0", "3", "1000000", "1e30"]
    private static let tolerances = ["1e-30", "1e-12", "0.0001", "0.1", "1", "1e30"]
    private static let counts = ["1", "2", "3", "50"]

    private static let tfidf: Choices = [
        ("analyzer", ["word", "char", "char_wb"]), ("lowercase", booleans), ("binary", booleans),
        ("ngram-range", ["[1, 1]", "[1, 2]", "[2, 3]", "[5, 5]", "[1, 100]"]),
        ("strip-accents", ["none", "ascii", "unicode"]), ("stop-words", ["none", "english"]),
        ("max-features", ["1", "2", "10", "1000000", "1000000000"]),
        ("min-df", ["1", "2", "0.0", "0.5", "1.0"]), ("max-df", ["1.0", "0.5", "40", "1"]),
        ("sublinear-tf", booleans), ("use-idf", booleans), ("smooth-idf", booleans),
        ("norm", ["none", "l1", "l2"]),
    ]
    private static let weights = ["none", "balanced", "{negative: 1e-9}", "{positive: 1e9}"]
    private static let logistic: Choices = [
        ("C", strengths), ("penalty", ["l1", "l2"]), ("class-weight", weights),
        ("multi-class", ["ovr", "multinomial"]), ("fit-intercept", booleans), ("tol", tolerances),
        ("max-iter", counts),
    ]
    private static let svm: Choices = [
        ("C", strengths), ("class-weight", weights), ("fit-intercept", booleans),
        ("intercept-scaling", ["1e-9", "1", "1e9"]), ("tol", tolerances), ("max-iter", counts),
    ]
    private static let bayes: Choices = [
        ("variant", ["multinomial", "complement"]), ("alpha", strengths), ("fit-prior", booleans),
        ("norm", booleans),
        ("class-weight", weights),
    ]
    private static let exactHead: Choices = [
        ("solver", ["lbfgs", "newton-cholesky"]), ("C", strengths), ("fit-intercept", booleans),
        ("tol", tolerances),
        ("max-iter", counts), ("class-weight", ["none", "balanced"]),
    ]
    private static let trainedHead: Choices = [
        ("epochs", ["1", "3"]), ("learning-rate", rates), ("batch-size", batches), ("weight-decay", decays),
        ("pos-weight", ["none", "balanced", "1e-9", "1e9"]), ("initialization", ["uniform", "zero"]),
    ]
    private static let rates = ["1e-30", "1e-9", "0.00002", "0.01", "1", "1e9", "1e30"]
    private static let batches = ["1", "3", "64", "1000000"]
    private static let decays = ["0", "0.01", "1", "1e9"]
    private static let training: Choices = [
        ("epochs", ["1", "2"]), ("batch-size", batches), ("gradient-accumulation", ["1", "2", "1000000"]),
        ("learning-rate", rates), ("weight-decay", decays),
        ("schedule", ["constant", "linear", "cosine", "step"]),
        ("warmup", ["0", "0.5", "0.999", "1", "10", "1000000"]),
        ("max-grad-norm", ["0", "1e-30", "1", "1e30"]),
        ("best-by", ["validation/loss", "validation/f1-macro", "validation/accuracy"]),
        ("early-stopping", ["1", "2", "1000000"]), ("evaluate-every", ["epoch", "1", "2", "1000000"]),
        ("freeze", ["none", "embeddings", "encoder", "{layers: 0}", "{layers: 1}"]),
        ("dropout", ["0", "0.1", "0.5", "0.999999"]), ("shuffle", booleans),
        ("log-every", ["1", "100", "1000000"]),
    ]
    private static let pooling = ["mean", "cls", "pooler"]
    private static let lengths = ["2", "3", "8", "16"]

    static func yaml(_ random: inout Mutation) -> String {
        let kind = random.pick(4)
        let labels = [
            "{column: label}", "{column: three}", "{kind: multilabel, column: many, separator: \"|\"}",
            "{kind: ordinal, column: three, names: [negative, neutral, positive]}",
        ][kind]
        var lines = [
            "name: fuzz", "seed: \(value(["0", "3", "18446744073709551615"], &random))",
            "dataset: {file: data.csv, columns: {text: text, id: id, group: group}, labels: \(labels)}",
        ]
        let split: Choices = [
            ("stratify", ["labels", "label-count", "none"]), ("seed", ["0", "1", "18446744073709551615"]),
            ("group-by", ["duplicates", "near-duplicates", "group"]),
        ]
        let shares = value(
            [
                "train: 0.6, validation: 0.2, test: 0.2", "train: 0.8, test: 0.2",
                "train: 0.1, validation: 0.4, test: 0.5",
                "train: 0.9, validation: 0.05, test: 0.05",
            ], &random)
        let more = some(of: split, &random)
        lines.append("split: {\(shares)\(more.isEmpty ? "" : ", ")\(more)}")
        let cleaning: Choices = [
            ("html-entities", booleans), ("unicode", ["nfc", "nfkc"]), ("drop-missing", booleans),
            ("length-outliers", ["iqr", "{min-words: 1, max-words: 100}"]), ("drop-conflicts", booleans),
            ("drop-duplicates", ["true", "near", "false"]),
            ("rows", ["30", "50", "60", "1000"]),
            ("per-class", ["10", "15", "1000"]), ("seed", ["0", "42"]),
            ("random-rows", ["40", "50", "1000"]),
            ("drop-flagged", ["flag"]),
        ]
        if random.pick(3) == 0 { lines.append("clean: {\(some(of: cleaning, &random))}") }
        lines.append("contestants:")
        for number in 0...random.pick(3) {
            lines.append("  - {id: c\(number), \(contestant(kind, &random))}")
        }
        let thresholds: Choices = [
            ("tune", ["global", "per-label", "[global, per-label]"]),
            ("objective", ["f1-micro", "f1-macro", "f1"]),
            ("use", ["global", "per-label", "0.5", "0", "1", "1e-30"]),
            ("min-support", ["0", "1", "1000000"]),
        ]
        if random.pick(3) == 0 { lines.append("thresholds: {\(some(of: thresholds, &random))}") }
        let report: Choices = [
            (
                "rank-by",
                [
                    "f1-macro", "accuracy", "log-loss", "roc-auc-macro", "brier-score", "ece",
                    "matthews-corrcoef",
                ]
            ),
            ("quotes", booleans), ("calibration", ["temperature", "platt"]), ("analysis", booleans),
            ("compare", ["all", "best", "c0"]),
        ]
        lines.append("report: {\(some(of: report, &random))}")
        return lines.joined(separator: "\n") + "\n"
    }

    /// - Parameter kind: Of the labels: two classes, three of sentiment, several at once, three in an order.
    private static func contestant(_ kind: Int, _ random: inout Mutation) -> String {
        let isMultilabel = kind == 2
        func of(_ model: String, _ parts: String...) -> String {
            (["model: \(model)"] + parts.filter { !$0.hasSuffix("{}") && !$0.isEmpty }).joined(
                separator: ", ")
        }
        switch random.pick(9) {
        case 0:
            return of("dummy", "strategy: \(value(["majority", "prior", "stratified"], &random))")
        case 1 where kind == 1 || kind == 3:
            let more = some(
                of: [("variant", ["nltk", "upstream"]), ("threshold", ["1e-9", "0.05", "1"])], &random)
            return of("vader", "vader: {\(more)}")
        case 2, 1:
            return of(
                "tfidf-logreg", "tfidf: {\(some(of: tfidf, &random))}",
                "logistic: {\(some(of: logistic, &random))}")
        case 3:
            return of(
                "tfidf-logreg",
                "search: {C: [\(value(strengths, &random)), 1.5], tfidf.max-features: [\(value(counts, &random))]}"
            )
        case 4:
            return of(
                "linear-svm", "tfidf: {\(some(of: tfidf, &random))}", "svm: {\(some(of: svm, &random))}")
        case 5:
            return of(
                "naive-bayes", "tfidf: {\(some(of: tfidf, &random))}",
                "naive-bayes: {\(some(of: bayes, &random))}")
        case 6:
            return of(
                "frozen-encoder", "encoder: encoder", "head: {\(some(of: exactHead, &random))}",
                some(of: [("pooling", pooling), ("normalize", booleans), ("max-length", lengths)], &random))
        case 7:
            let head = some(of: trainedHead, &random)
            return of(
                "frozen-encoder", "encoder: encoder",
                "head: {solver: adamw\(head.isEmpty ? "" : ", ")\(head)}")
        default:
            let own: Choices =
                isMultilabel
                ? [("pos-weight", ["none", "balanced", "2", "1e9"])]
                : [("class-weight", ["none", "balanced"]), ("label-smoothing", ["0", "0.1", "0.999"])]
            return of(
                "fine-tuned", "encoder: encoder",
                some(of: [("pooling", pooling), ("max-length", lengths)], &random),
                "training: {\(some(of: training + own, &random))}")
        }
    }

    /// About a quarter of the keys, each with one of its values.
    private static func some(of choices: Choices, _ random: inout Mutation) -> String {
        choices.compactMap { key, values in
            random.pick(4) == 0 ? "\(key): \(value(values, &random))" : nil
        }.joined(separator: ", ")
    }

    private static func value(_ values: [String], _ random: inout Mutation) -> String {
        random.pick(25) == 0 ? random.pick(from: Mutation.numbers) : random.pick(from: values)
    }
}
