import Experiments
import Foundation
import Labels
import SettingKeys
import TestSupport
import Testing
import TextClassifiers

/// Every family of the registry keeps the promises of text classifiers, in the settings that an experiment would have.
@Suite(.serialized) struct FamilyConformanceTests {
    /// Entries of each family, with `MODEL` for a tiny encoder's folder, `STATIC` for one of static embeddings, and `PREDICTIONS` for a file of predictions.
    private static let entries: [String: [String]] = [
        "dummy": ["strategy: prior"],
        "vader": ["vader: {variant: nltk}"],
        "features": [
            "features: {tfidf: {max-features: 20}}, learner: {svm: {C: 2}}",
            "features: {encoder: MODEL, pooling: cls}, learner: {logistic: {penalty: l1}}",
            "features: {encoder: MODEL, pooling: max, prefix: 'a ', max-length: 9}, learner: svm",
            "features: {encoder: MODEL}, learner: {knn: {neighbors: 3, metric: cosine, weights: distance}}",
            "features: {lsa: {components: 4, normalize: true}}, learner: {knn: {neighbors: 2}}",
            "features: {lsa: {components: 4}}, learner: logistic, search: {components: [2, 3], C: [1, 2]}",
            "features: {tfidf: {binary: true}}, learner: nb-svm",
            "features: tfidf, learner: {nb-svm: {loss: logistic, beta: 1}}",
        ],
        "tfidf-logreg": ["logistic: {class-weight: balanced}, search: {C: [0.1, 1], max-features: [5, 50]}"],
        "linear-svm": ["svm: {class-weight: balanced}"],
        "naive-bayes": ["naive-bayes: {variant: complement}"],
        "static-embedding": [
            "encoder: STATIC", "encoder: STATIC, prefix: 'a ', learner: {svm: {C: 2}}, search: {C: [1, 2]}",
            "encoder: STATIC, training: {epochs: 2, batch-size: 4}",
        ],
        "frozen-encoder": [
            "encoder: MODEL, head: {class-weight: balanced}, search: {C: [0.1, 1]}",
            "encoder: MODEL, precision: int8", "encoder: MODEL, search: {precision: [f32, bf16, int8]}",
        ],
        "fine-tuned": [
            "encoder: MODEL, pooling: mean, max-length: 12, training: {epochs: 2, batch-size: 4}",
            "encoder: MODEL, pooling: lasttoken, prefix: 'b c ', training: {epochs: 1, batch-size: 4}",
            "encoder: MODEL, pooling: max, training: {epochs: 1, batch-size: 4, freeze: embeddings}",
            "encoder: MODEL, training: {epochs: 1, batch-size: 4, loss: focal, focal-gamma: 1}",
            "encoder: MODEL, training: {recipe: few-sample, epochs: 2, batch-size: 4}",
            "encoder: MODEL, training: {lora: {rank: 2}, learning-rate: 0.01, batch-size: 4}",
        ],
        "multi-task": [
            "encoder: MODEL, pooling: mean, max-length: 12, training: {epochs: 2, batch-size: 4, mixing: joint}"
        ],
        "setfit": [
            "encoder: MODEL, training: {num-iterations: 1}",
            "encoder: MODEL, pooling: cls, normalize: true, max-length: 9, prefix: 'b c ', training: {sampling-strategy: unique, max-steps: 7, batch-size: 5}, head: {C: 2}",
            "encoder: MODEL, training: {sampling-strategy: undersampling, precision: bf16, max-steps: 6}",
        ],
        "hashed-ngrams": [
            "dim: 9", "word-ngrams: 2, minn: 2, maxn: 3, bucket: 50, loss: one-vs-all, epochs: 2",
        ],
        "zero-shot": ["encoder: MODEL, template: 'a {} room', descriptions: {positive: lovely}"],
        "rules": [
            "rules: [{label: negative, keywords: [dirty, cold]}, {label: positive, pattern: 'lov|gr.at'}]"
        ],
        "external": ["predictions: PREDICTIONS"],
        "command": ["command: [sh, PROGRAM]", "command: [sh, PROGRAM], one-call: true"],
    ]

    /// A program that knows the first label of train and predicts it for every text.
    private static let program = """
        [ "$1" = fit ] && exit 0
        label=$(awk -F, 'NR > 1 && $NF != "" { sub(/[|].*/, "", $NF); print $NF; exit }' "$2/train.csv")
        awk -F, -v label="$label" 'NR == 1 { print "id,predicted"; next } { print $1 "," label }' \\
            "$2/predict.csv" > "$2/predictions.csv"

        """

    // An ensemble is fitted to no texts; EnsembleRunTests are about it.
    @Test(arguments: FamilyRegistry.standard.models.filter { $0 != "ensemble" })
    func keepsItsPromises(model: String) throws {
        let encoder = try ModelFolder()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("c-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let predictions = folder.appendingPathComponent("predictions.csv")
        let rows = ["negative", "neutral", "positive", "neutral", "negative", "neutral"].enumerated()
        try Data(("id,predicted\n" + rows.map { "\($0),\($1)\n" }.joined()).utf8).write(to: predictions)
        let program = folder.appendingPathComponent("p.sh")
        try Data(Self.program.utf8).write(to: program)
        // A family without an entry here is one that nobody has checked.
        for entry in try #require(Self.entries[model]) {
            let text = entry.replacing("MODEL", with: encoder.url.path)
                .replacing("PREDICTIONS", with: predictions.path)
                .replacing("PROGRAM", with: program.path)
                .replacing("STATIC", with: oracle("Encoders/static-matrix").path)
            let file = folder.appendingPathComponent("e.yaml")
            try Data("dataset: {file: none.csv}\ncontestants: [{id: a, model: \(model), \(text)}]\n".utf8)
                .write(to: file)
            let contestant = try ExperimentFile(contentsOf: file).contestants[0].contestant
            let resources = ContestantResources(cache: folder.appendingPathComponent("cache"))
            let classifier = try contestant.classifier(resources)
            let violations = checkConformance(of: classifier).filter {
                type(of: contestant).missingModel == nil || $0.promise != .saving
            }
            #expect(violations == [], "\(entry)")
            #expect(!contestant.summary.isEmpty)
            #expect(try contestant.fingerprint(resources) == contestant.fingerprint(resources))
        }
    }
}

/// `features:` and `learner:` of an entry.
@Suite struct FeatureEntryTests {
    private func entry(_ text: String) throws -> ConfiguredContestant {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "f-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("dataset: {file: none.csv}\ncontestants: [{id: a, \(text)}]\n".utf8).write(to: file)
        return try ExperimentFile(contentsOf: file).contestants[0]
    }

    @Test func shorthandsMeanFeaturesAndALearner() throws {
        let pairs = [
            ("model: tfidf-logreg, tfidf: {max-features: 9}", "features: {tfidf: {max-features: 9}}"),
            (
                "model: tfidf-logreg, logistic: {C: 3, penalty: l1}",
                "features: tfidf, learner: {logistic: {C: 3, penalty: l1}}"
            ),
            ("model: linear-svm, svm: {C: 3}", "model: features, features: tfidf, learner: {svm: {C: 3}}"),
            ("model: naive-bayes", "features: {tfidf: {}}, learner: naive-bayes"),
            (
                "model: linear-svm, search: {C: [1, 2], tfidf.max-features: [3, 4]}",
                "features: tfidf, learner: svm, search: {svm.C: [1, 2], max-features: [3, 4]}"
            ),
        ]
        for (shorthand, written) in pairs {
            let (short, long) = (try entry(shorthand), try entry(written))
            #expect(short.contestant.summary == long.contestant.summary)
            #expect(long.model == "features")
        }
    }

    @Test func summariesNameBothHalves() throws {
        #expect(
            try entry("features: {encoder: e, pooling: cls, max-length: 9}, learner: {svm: {C: 2}}")
                .contestant.summary == "e, frozen, cls pooling, at most 9 tokens, linear SVM, C 2.0")
        #expect(
            try entry("features: tfidf, learner: {logistic: {solver: adamw, epochs: 3}}").contestant.summary
                == "TF-IDF of all terms, linear layer by AdamW, 3 epochs, learning rate 0.001")
        #expect(
            try entry("model: frozen-encoder, encoder: e, head: {penalty: l1, class-weight: {a: 2}}")
                .contestant.summary
                == "e, frozen, mean pooling, exact logistic regression, L1 penalty, C 1.0, weights a 2.0")
        #expect(
            try entry("model: frozen-encoder, encoder: e, precision: int8").contestant.summary
                == "e, frozen, int8, mean pooling, exact logistic regression, C 1.0")
        #expect(
            try entry("model: static-embedding, encoder: e, prefix: 'query: ', learner: {svm: {C: 2}}")
                .contestant.summary == "e, static embeddings, 'query: ' before each text, linear SVM, C 2.0")
        #expect(
            try entry("model: static-embedding, encoder: e, training: {epochs: 2}").contestant.summary
                .hasPrefix(
                    "e, static embeddings with a trained table, 2 epochs, batches of 16, learning rate 0.001")
        )
        let search = try entry("model: frozen-encoder, encoder: e, search: {C: [1, 2], pooling: [mean, cls]}")
        #expect(
            search.contestant.summary.hasPrefix("best of 4 settings of C, pooling by f1-macro on validation"))
    }

    @Test(arguments: [
        ("features: {tfdif: {}}", "did you mean 'tfidf'?"), ("features: {}", "expected 'tfidf: {...}'"),
        ("features: {pooling: cls}", "expected 'tfidf: {...}', 'lsa: {...}' or 'encoder: NAME'"),
        ("features: tfidf, learner: {svmm: {}}", "did you mean 'svm'?"),
        ("features: tfidf, learner: {svm: {}, logistic: {}}", "one of logistic, svm, naive-bayes"),
        ("features: tfidf, learner: {svm: {c: 1}}", "did you mean 'C'?"),
        ("features: {encoder: e}, learner: naive-bayes", "naive Bayes needs counts"),
        ("features: {tfidf: {}, encoder: e}", "encoder"),
        ("features: tfidf, learner: {logistic: {epochs: 3}}", "no 'epochs' with solver lbfgs"),
        ("features: tfidf, learner: {logistic: {solver: adamw, C: 3}}", "no 'C' with solver adamw"),
        (
            "features: tfidf, learner: {logistic: {solver: lbfgs, penalty: l1}}",
            "no 'solver' with penalty l1"
        ),
        ("model: features", "features"),
        ("model: static-embedding, encoder: e, learner: naive-bayes", "naive Bayes needs counts"),
        ("model: static-embedding, encoder: e, learner: svm, head: {C: 2}", "either 'learner' or 'head'"),
        ("model: static-embedding, encoder: e, training: {}, head: {C: 2}", "no 'head' with training"),
        (
            "model: static-embedding, encoder: e, training: {}, normalize: true",
            "no 'normalize' with training"
        ),
        ("model: static-embedding, encoder: e, training: {freeze: {layers: 1}}", "have no layers"),
        ("model: static-embedding, encoder: e, training: {precision: bf16}", "no 'precision'"),
        ("model: static-embedding, encoder: e, training: {recipe: few-sample}", "no 'recipe'"),
        ("model: static-embedding, encoder: e, training: {layer-decay: 0.9}", "no 'layer-decay'"),
        ("model: static-embedding, encoder: e, training: {lora: {}}", "no 'lora'"),
        ("model: static-embedding, encoder: e, pooling: cls", "pooling"),
    ])
    func whatDoesNotGoTogetherIsAnError(text: String, words: String) {
        #expect {
            _ = try entry(text)
        } throws: { "\($0)".contains(words) && "\($0)".contains(".yaml:2") }
    }

    @Test func weightsOfLabelsThatAreNotThereAreRefused() throws {
        let contestant = try entry("features: tfidf, learner: {svm: {class-weight: {spam: 2}}}").contestant
        let resources = ContestantResources(cache: URL(fileURLWithPath: "/none"))
        let labels = try LabelSpace(kind: .binary, names: ["no", "yes"])
        #expect(throws: TextClassifierError.self) { try contestant.check(labels, resources) }
        try contestant.check(LabelSpace(kind: .binary, names: ["ham", "spam"]), resources)
    }

    /// Settings that a trained layer has no use for are not passed over in silence.
    @Test func weightsOfATrainedLayerFitTheLabels() throws {
        let resources = ContestantResources(cache: URL(fileURLWithPath: "/none"))
        let one = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let several = try LabelSpace(kind: .multilabel, names: ["a", "b"])
        let classes = try entry(
            "features: tfidf, learner: {logistic: {solver: adamw, class-weight: balanced}}"
        ).contestant
        let positives = try entry(
            "features: tfidf, learner: {logistic: {solver: adamw, pos-weight: 3}}"
        ).contestant
        try classes.check(one, resources)
        try positives.check(several, resources)
        #expect(throws: TextClassifierError.self) { try classes.check(several, resources) }
        #expect(throws: TextClassifierError.self) { try positives.check(one, resources) }
    }
}
