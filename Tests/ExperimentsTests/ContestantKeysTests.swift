import Encoders
import Evaluation
import Experiments
import Features
import Foundation
import Labels
import Learners
import SettingKeys
import TestSupport
import Testing
import TextClassifiers
import TextTokenizers

/// From the keys of contestants to the options of what they configure. Files are `t.yaml`, of one line.
private func setting(_ yaml: String) throws -> Setting { try Setting(yaml: "{\(yaml)}", file: "t.yaml") }

@Suite struct TfidfKeysTests {
    private func options(_ yaml: String, in folder: URL = URL(fileURLWithPath: "/none")) throws
        -> TfidfOptions
    {
        try TfidfOptions(setting: setting(yaml), folder: folder)
    }

    @Test func everyKeyIsRead() throws {
        #expect(try options("") == TfidfOptions())
        var expected = TfidfOptions()
        (expected.analyzer, expected.ngramRange, expected.lowercase) = (.charWb, 2...4, false)
        (expected.stripAccents, expected.maxFeatures) = (.unicode, 50)
        (expected.minDf, expected.maxDf) = (.count(2), .share(0.9))
        (expected.binary, expected.sublinearTf, expected.useIdf, expected.smoothIdf) = (
            true, true, false, false
        )
        expected.norm = .l1
        #expect(
            try options(
                "analyzer: char_wb, ngram-range: [2, 4], lowercase: false, strip-accents: unicode, max-features: 50, "
                    + "min-df: 2, max-df: 0.9, binary: true, sublinear-tf: true, use-idf: false, smooth-idf: false, "
                    + "norm: l1") == expected)
        // A number with a point is a share, as in scikit-learn.
        #expect(try options("min-df: 1").minDf == .count(1) && options("min-df: 1.0").minDf == .share(1))
    }

    @Test func stopWordsAreNamedListedOrInAFile() throws {
        let folder = try TemporaryFolder()
        let place = try folder.write("the  a\n\nan\n", to: "stop.txt").deletingLastPathComponent()
        for (yaml, words) in [
            ("stop-words: none", AnalyzerOptions.StopWords.none), ("stop-words: english", .english),
            ("stop-words: [the, 'no']", .list(["the", "no"])),
            ("stop-words: {file: stop.txt}", .list(["the", "a", "an"])),
        ] { #expect(try options(yaml, in: place).stopWords == words) }
        try folder.write(" \n", to: "empty.txt")
        let error = errorText { try options("stop-words: {file: empty.txt}", in: place) }
        #expect(error.hasPrefix("t.yaml:1: stop-words.file: found 'empty.txt', expected a file of words"))
        #expect(
            errorText { try options("stop-words: {file: none.txt}", in: place) }.contains("none.txt"))
    }

    @Test(arguments: [
        ("ngram-range: 2", "ngram-range: found '2', expected two integers, such as [1, 2]"),
        ("ngram-range: [1, 2, 3]", "expected two integers"),
        ("ngram-range: [2, 1]", "an integer of at least 2"),
        ("ngram-range: [0, 1]", "an integer of at least 1"), ("ngram-range: [1, 101]", "at most 100"),
        ("min-df: 0", "expected a count of at least 1, or a share"), ("min-df: -1", "a count of at least 1"),
        ("max-df: 1.5", "expected a count, or a share from 0 to 1"),
        ("max-df: half", "max-df: found 'half', expected a number"),
        ("max-features: 0", "an integer of at least 1"),
        ("norm: l3", "norm: found 'l3', expected one of none, l1, l2"),
        ("stop-words: german", "expected none, english, a list of words or {file: PATH}"),
        ("stop-words: []", "'stop-words: none' takes no word out"),
        ("stop-words: {path: x}", "stop-words.path"),
        ("analyzer: char, stop-words: english", "expected no stop words with analyzer char"),
    ])
    func mistakesAreTold(yaml: String, words: String) {
        let error = errorText { try options(yaml) }
        #expect(error.hasPrefix("t.yaml:1: ") && error.contains(words), "\(error)")
    }
}

@Suite struct LearnerKeysTests {
    private func learner(_ kind: LearnerKind, _ yaml: String) throws -> Learner {
        try kind.learner(setting(yaml).mappingWithAnyKeys())
    }

    @Test func absentKeysHaveTheDefaultsOfTheLearner() throws {
        #expect(try learner(.logistic, "") == .logistic(LogisticOptions()))
        #expect(try learner(.head, "") == .logistic(.head))
        #expect(try learner(.svm, "") == .svm(LinearSVMOptions()))
        #expect(try learner(.naiveBayes, "") == .naiveBayes(NaiveBayesOptions()))
    }

    @Test func everyKeyIsRead() throws {
        var exact = LogisticOptions()
        (exact.solver, exact.C, exact.multiClass, exact.fitIntercept) = (
            .newtonCholesky, 3, .multinomial, false
        )
        (exact.tolerance, exact.maxIterations, exact.classWeight) = (0.01, 7, .balanced)
        #expect(
            try learner(
                .logistic,
                "solver: newton-cholesky, C: 3, multi-class: multinomial, fit-intercept: false, tol: 0.01, max-iter: 7, "
                    + "class-weight: balanced") == .logistic(exact))
        var sparse = LogisticOptions()
        (sparse.penalty, sparse.labelWeights) = (.l1, ["spam": 2.5])
        #expect(try learner(.logistic, "penalty: l1, class-weight: {spam: 2.5}") == .logistic(sparse))
        var trained = LogisticOptions.head
        trained.solver = .adamw
        (trained.adamw.epochs, trained.adamw.learningRate, trained.adamw.batchSize) = (3, 0.5, 8)
        (trained.adamw.weightDecay, trained.adamw.posWeight, trained.adamw.initialization) = (
            0, .number(4), .zero
        )
        #expect(
            try learner(
                .head,
                "solver: adamw, epochs: 3, learning-rate: 0.5, batch-size: 8, weight-decay: 0, pos-weight: 4, "
                    + "initialization: zero") == .logistic(trained))
        var svm = LinearSVMOptions()
        (svm.C, svm.fitIntercept, svm.interceptScaling) = (2, false, 10)
        (svm.tolerance, svm.maxIterations, svm.labelWeights) = (0.1, 9, ["a": 1])
        #expect(
            try learner(
                .svm,
                "C: 2, fit-intercept: false, intercept-scaling: 10, tol: 0.1, max-iter: 9, class-weight: {a: 1}"
            )
                == .svm(svm))
        var bayes = NaiveBayesOptions()
        (bayes.variant, bayes.alpha, bayes.fitPrior, bayes.norm, bayes.classWeight) = (
            .complement, 0.5, false, true, .balanced
        )
        #expect(
            try learner(
                .naiveBayes,
                "variant: complement, alpha: 0.5, fit-prior: false, norm: true, class-weight: balanced")
                == .naiveBayes(bayes))
    }

    @Test func severalLabelsHaveKeysOfTheirOwn() throws {
        var options = ClassifierChainOptions()
        #expect(
            try learner(.svm, "C: 2, chain: labels")
                == .chain(learner(.svm, "C: 2"), options))
        (options.order, options.chainMethod) = (.given(["b", "a"]), .predictProbabilities)
        #expect(
            try learner(.head, "chain: [b, a], chain-method: predict-proba")
                == .chain(.logistic(.head), options))
        var thresholds = SCutFBROptions()
        #expect(
            try learner(.naiveBayes, "thresholds: scutfbr")
                == .thresholded(.naiveBayes(NaiveBayesOptions()), thresholds))
        thresholds.folds = 5
        #expect(
            try learner(.naiveBayesSVM, "thresholds: scutfbr, threshold-folds: 5, chain: none")
                == .thresholded(.naiveBayesSVM(NaiveBayesSVMOptions()), thresholds))
        var own = LogisticOptions()
        own.labelC = ["rare": 30]
        #expect(try learner(.logistic, "label-C: {rare: 30}") == .logistic(own))
        #expect(
            try learner(.logistic, "label-C: {rare: 30}, chain: random").summary
                == "classifier chain of one-vs-rest logistic regression, C 1.0, C of rare 30.0, in random order"
        )
    }

    /// Where a row has several labels, there is no softmax over them.
    @Test func severalLabelsHaveNoMultinomialModel() throws {
        let made = try learner(.logistic, "multi-class: multinomial")
        let classes = try LabelSpace(kind: .multiclass, names: ["a", "b", "c"])
        let several = try LabelSpace(kind: .multilabel, names: ["a", "b", "c"])
        #expect(made.summary == "multinomial logistic regression, C 1.0")
        #expect(made.summary(of: classes) == "multinomial logistic regression, C 1.0")
        #expect(made.summary(of: several) == "one-vs-rest logistic regression, C 1.0")
    }

    /// What these labels have no use for is not passed over in silence.
    @Test func optionsOfLabelsNeedTheLabels() throws {
        let two = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let classes = try LabelSpace(kind: .multiclass, names: ["a", "b", "c"])
        let several = try LabelSpace(kind: .multilabel, names: ["a", "b"])
        for (kind, yaml, space, words) in [
            (
                LearnerKind.svm, "chain: labels", classes,
                "chain is set, and multiclass labels have no use for it"
            ),
            (
                .svm, "thresholds: scutfbr", two,
                "thresholds scutfbr is set, and binary labels have no use for it"
            ),
            (
                .svm, "chain: [a]", several,
                "chain: the labels are a, b, expected a list that has each of them once"
            ),
            (.svm, "chain: [a, b, a]", several, "expected a list that has each of them once"),
            (.svm, "chain: [b, a], class-weight: {d: 2}", several, "expected 'd' among them"),
            (.svm, "label-C: {d: 2}", several, "label-C: the labels are a, b, expected 'd' among them"),
            (.logistic, "label-C: {yes: 2}", two, "label-C is set, and binary labels have no use for it"),
            (.head, "label-C: {a: 2}", classes, "label-C with multi-class multinomial is set"),
            (.svm, "chain: [b, a], label-C: {b: 2}", several, ""),
            (.svm, "label-C: {a: 2}", classes, ""), (.head, "label-C: {a: 2}", several, ""),
        ] {
            let made = try learner(kind, yaml)
            let error = errorText { try made.check(space) }
            #expect(words.isEmpty ? error.isEmpty : error.contains(words), "\(yaml): \(error)")
        }
    }

    @Test(arguments: [
        (LearnerKind.logistic, "C: 0", "C: found '0', expected a number above 0"),
        (.logistic, "C: 1e40", "expected a number from 1e-30 to 1e+30"),
        (.logistic, "solver: adam", "(did you mean 'adamw'?)"),
        (.logistic, "solver: adamw, tol: 1", "tol: found '1', expected no 'tol' with solver adamw"),
        (.head, "batch-size: 4", "expected no 'batch-size' with solver newton-cholesky"),
        (.head, "penalty: l1, solver: lbfgs", "solver: found 'lbfgs', expected no 'solver' with penalty l1"),
        (.logistic, "class-weight: balancd", "(did you mean 'balanced'?)"),
        (.logistic, "class-weight: {spam: 0}", "class-weight.spam: found '0', expected a number above 0"),
        (
            .logistic, "solver: adamw, pos-weight: -1",
            "pos-weight: found '-1', expected none, balanced or a number above 0"
        ),
        (.svm, "max-iter: 0", "expected an integer of at least 1"),
        (.svm, "penalty: l1", "unknown key 'penalty'"),
        (.naiveBayes, "alpha: -1", "expected a number above 0"),
        (.naiveBayes, "norm: l2", "expected true or false"),
        (.logistic, "label-C: {spam: 0}", "label-C.spam: found '0', expected a number above 0"),
        (.logistic, "label-C: 3", "label-C: found '3', expected a mapping"),
        (.head, "solver: adamw, label-C: {a: 1}", "expected no 'label-C' with solver adamw"),
        (.naiveBayes, "label-C: {a: 1}", "unknown key 'label-C'"),
        (
            .logistic, "chain: yes",
            "chain: found 'yes', expected none, labels, random, or a list of all labels"
        ),
        (.logistic, "chian: random", "did you mean 'chain'?"),
        (.neighbors, "chain: random", "unknown key 'chain'"),
        (.neighbors, "thresholds: scutfbr", "unknown key 'thresholds'"),
        (.logistic, "chain-method: predict", "expected no 'chain-method' without a chain"),
        (
            .svm, "chain: labels, chain-method: predict-proba",
            "expected predict, as this learner has no probabilities"
        ),
        (.svm, "chain: labels, thresholds: scutfbr", "expected none with a chain"),
        (.svm, "thresholds: scut", "thresholds: found 'scut', expected one of none, scutfbr"),
        (.svm, "threshold-folds: 3", "expected no 'threshold-folds' without thresholds scutfbr"),
        (.svm, "thresholds: scutfbr, threshold-folds: 1", "expected an integer of at least 2"),
    ])
    func mistakesAreTold(kind: LearnerKind, yaml: String, words: String) {
        let error = errorText { try learner(kind, yaml) }
        #expect(error.hasPrefix("t.yaml:1: ") && error.contains(words), "\(error)")
    }
}

@Suite struct TrainingKeysTests {
    private func options(_ yaml: String) throws -> FineTuningOptions {
        try TrainingKeys.read(setting(yaml)).all
    }

    @Test func everyKeyIsRead() throws {
        #expect(try options("") == FineTuningOptions())
        var expected = FineTuningOptions()
        (expected.training.epochs, expected.training.batchSize, expected.training.accumulation) = (5, 8, 2)
        (expected.training.learningRate, expected.training.weightDecay) = (1e-3, 0)
        (expected.training.maxGradientNorm, expected.training.patience, expected.training.logEvery) = (
            0, 2, 10
        )
        (expected.training.dropout, expected.training.shuffles) = (0.2, false)
        (expected.classWeight, expected.posWeight, expected.labelSmoothing) = (.balanced, .balanced, 0.1)
        expected.taskWeights = ["spam": 2]
        #expect(
            try options(
                "epochs: 5, batch-size: 8, gradient-accumulation: 2, learning-rate: 1e-3, weight-decay: 0, "
                    + "max-grad-norm: 0, early-stopping: 2, log-every: 10, dropout: 0.2, shuffle: false, "
                    + "class-weight: balanced, pos-weight: balanced, label-smoothing: 0.1, task-weights: {spam: 2}"
            )
                == expected)
    }

    /// A recipe is a set of defaults: what stands beside it, before or after, still holds.
    @Test func recipesAreDefaults() throws {
        var expected = FineTuningOptions()
        (expected.training.epochs, expected.training.learningRate) = (20, 2e-5)
        (expected.training.warmup, expected.training.schedule) = (.share(0.1), .linear)
        (expected.training.layerDecay, expected.reinitializedLayers) = (0.95, 2)
        #expect(try options("recipe: few-sample") == expected)
        #expect(FineTuningRecipe.fewSample.options == expected)
        (expected.training.epochs, expected.reinitializedLayers) = (5, 0)
        (expected.training.layerDecay, expected.training.batchSize) = (1, 8)
        #expect(
            try options(
                "epochs: 5, recipe: few-sample, reinitialize-layers: 0, layer-decay: 1, batch-size: 8")
                == expected)
        #expect(try options("layer-decay: 0.9, reinitialize-layers: 1").training.epochs == 3)
        let words = try options("recipe: few-sample").summary(encoder: "e")
        #expect(words.contains("20 epochs") && words.contains("warm-up 0.1"))
        #expect(words.contains("layer-wise decay 0.95") && words.contains("top 2 layers drawn anew"))
    }

    @Test func lowRankAdaptationIsRead() throws {
        var expected = LowRankAdaptation()
        #expect(try options("").training.lowRank == nil)
        #expect(try options("lora: {}").training.lowRank == expected)
        #expect(expected.rank == 8 && expected.alpha == 16 && expected.targets == ["query", "value"])
        (expected.rank, expected.alpha, expected.targets) = (4, 6, ["key"])
        #expect(try options("lora: {rank: 4, alpha: 6, targets: [key]}").training.lowRank == expected)
        #expect(
            try options("lora: {}, recipe: few-sample, reinitialize-layers: 0").training.epochs == 20)
    }

    @Test func lossesAreRead() throws {
        var focusing = AsymmetricFocusing()
        #expect(try options("loss: cross-entropy") == FineTuningOptions())
        #expect(try options("loss: focal").lossFunction == .focal(gamma: 2))
        #expect(try options("loss: focal, focal-gamma: 0.5").lossFunction == .focal(gamma: 0.5))
        #expect(try options("loss: asymmetric").lossFunction == .asymmetric(focusing))
        (focusing.gammaNegative, focusing.gammaPositive, focusing.clip) = (2, 0, 0)
        #expect(
            try options("loss: asymmetric, gamma-negative: 2, gamma-positive: 0, clip: 0").lossFunction
                == .asymmetric(focusing))
        #expect(try options("loss: focal, label-smoothing: 0, class-weight: balanced").labelSmoothing == 0)
        #expect(try options("loss: asymmetric, pos-weight: none").posWeight == .none)
    }

    @Test func formsOfTheirOwn() throws {
        func training(_ yaml: String) throws -> TrainingOptions { try options(yaml).training }
        #expect(try training("schedule: constant").schedule == .constant)
        #expect(try training("schedule: cosine").schedule == .cosine)
        #expect(try training("schedule: step").schedule == .step(epochs: 1, factor: 0.1))
        #expect(
            try training("schedule: step, step-size: 3, gamma: 0.5").schedule == .step(epochs: 3, factor: 0.5)
        )
        #expect(
            try training("warmup: 0.1").warmup == .share(0.1) && training("warmup: 1").warmup == .steps(1))
        #expect(try training("evaluate-every: 7").evaluation == .every(steps: 7))
        #expect(try training("evaluate-every: epoch").evaluation == .everyEpoch)
        for (yaml, freezing) in [
            ("none", Freezing.nothing), ("embeddings", .embeddings), ("encoder", .encoder),
            ("{layers: 2}", .layers(2)),
        ] { #expect(try training("freeze: \(yaml)").freezing == freezing) }
        for (yaml, mixing) in [
            ("alternate", TrainingOptions.Mixing.alternateShortest), ("alternate-cycle", .alternateCycling),
            ("joint", .joint),
        ] { #expect(try training("mixing: \(yaml)").mixing == mixing) }
        for (yaml, bestBy) in [
            ("validation/loss", BestBy(.loss)), ("f1-micro", BestBy(.metric(.f1Micro))),
            ("validation/f1-micro", BestBy(.metric(.f1Micro))),
            ("validation/spam/accuracy", BestBy(.metric(.accuracy), task: "spam")),
            ("{spam: accuracy, kind: loss}", BestBy(byTask: ["spam": .metric(.accuracy), "kind": .loss])),
        ] { #expect(try options("best-by: \(yaml)").bestBy == bestBy) }
    }

    @Test(arguments: [
        ("step-size: 3", "expected no 'step-size' with schedule linear"),
        ("schedule: cosine, gamma: 0.5", "expected no 'gamma' with schedule cosine"),
        ("warmup: 1.5", "expected a share below 1, or an integer number of steps"),
        ("warmup: -1", "a number of at least 0"),
        ("warmup: 2000000000", "an integer number of steps"),
        ("evaluate-every: 0", "expected 'epoch', or a number of steps"),
        ("freeze: all", "expected none, embeddings, encoder or {layers: N}"),
        ("freeze: {layer: 1}", "unknown key"),
        ("mixing: alternat", "(did you mean 'alternate'?)"),
        ("dropout: 1", "a number of at least 0 and below 1"),
        ("label-smoothing: -0.1", "a number of at least 0 and below 1"),
        ("epochs: 0", "an integer of at least 1"),
        (
            "best-by: spam/f1-micro",
            "expected such as validation/f1-micro, validation/loss or validation/TASK/accuracy"
        ),
        ("best-by: test/f1-micro", "expected such as validation/f1-micro"),
        ("best-by: validation/f1-mikro", "(did you mean 'f1-micro'?)"),
        ("best-by: {spam: los}", "best-by.spam: found 'los', expected loss or one of"),
        ("task-weights: {spam: 0}", "task-weights.spam: found '0', expected a number above 0"),
        ("epoch: 1", "did you mean 'epochs'?"),
        ("recipe: few-samples", "(did you mean 'few-sample'?)"),
        ("layer-decay: 0", "layer-decay: found '0', expected a number above 0 and at most 1"),
        ("layer-decay: 1.5", "a number above 0 and at most 1"),
        ("reinitialize-layers: -1", "an integer of at least 0"),
        ("lora: {rank: 0}", "lora.rank: found '0', expected an integer of at least 1"),
        ("lora: {targets: []}", "expected at least one linear layer"),
        ("lora: {alhpa: 1}", "did you mean 'alpha'?"),
        ("lora: {}, freeze: embeddings", "expected no 'freeze' with lora"),
        ("lora: {}, recipe: few-sample", "set reinitialize-layers to 0"),
        ("loss: focl", "(did you mean 'focal'?)"),
        ("focal-gamma: 1", "expected no 'focal-gamma' with loss cross-entropy"),
        ("loss: focal, clip: 0.1", "expected no 'clip' with loss focal"),
        ("loss: asymmetric, focal-gamma: 1", "expected no 'focal-gamma' with loss asymmetric"),
        ("loss: asymmetric, clip: 1", "a number of at least 0 and below 1"),
        ("loss: focal, focal-gamma: -1", "focal-gamma: found '-1', expected a number of at least 0"),
        ("loss: focal, label-smoothing: 0.1", "expected no 'label-smoothing' with loss focal"),
        ("loss: asymmetric, pos-weight: 2", "expected no 'pos-weight' with loss asymmetric"),
    ])
    func mistakesAreTold(yaml: String, words: String) {
        let error = errorText { try options(yaml) }
        #expect(error.hasPrefix("t.yaml:1: ") && error.contains(words), "\(error)")
    }

    /// What these labels have no use for is not passed over in silence.
    @Test func labelsHaveTheirOwnWeights() throws {
        let one = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let several = try LabelSpace(kind: .multilabel, names: ["a", "b"])
        func refusal(_ yaml: String, _ space: LabelSpace) throws -> String {
            let read = try TrainingKeys.read(setting(yaml))
            return errorText { try TrainingKeys.check(space, read) }
        }
        #expect(try refusal("class-weight: balanced, label-smoothing: 0.1", one) == "")
        #expect(try refusal("pos-weight: balanced", several) == "")
        #expect(
            try refusal("pos-weight: 2", one)
                == "t.yaml:1: pos-weight: found '2', expected no 'pos-weight' for binary labels; they have class-weight"
        )
        #expect(
            try refusal("loss: asymmetric", one)
                == "t.yaml:1: loss: found 'asymmetric', expected cross-entropy or focal for binary labels; asymmetric is "
                + "for several labels a row")
        for loss in ["asymmetric", "focal"] { #expect(try refusal("loss: \(loss)", several) == "") }
        #expect(try refusal("loss: focal", one) == "")
        for key in ["class-weight: none", "label-smoothing: 0"] {
            #expect(try refusal(key, several).contains("for multilabel labels; they have pos-weight"))
        }
    }

    /// What chooses needs rows to choose on, a metric of the labels, and the metric's own direction.
    @Test(arguments: [
        ("", ""), ("best-by: validation/f1-macro, early-stopping: 2", ""),
        ("best-by: validation/spam/loss", ""),
        (
            "best-by: validation/f1-samples",
            "best-by: found 'validation/f1-samples', expected a metric of binary labels"
        ),
        ("best-by: validation/ham/loss", "expected one of the tasks spam"),
        ("best-by: {ham: loss}", "expected one of the tasks spam"), ("greater-is-better: true", ""),
        ("best-by: validation/loss, greater-is-better: false", ""),
        (
            "best-by: validation/loss, greater-is-better: true",
            "expected false, or nothing: of loss the lower is better"
        ),
        ("greater-is-better: false", "expected true, or nothing: of f1-macro the higher is better"),
    ])
    func whatChoosesIsChecked(training: String, words: String) throws {
        let check = try checking(training)
        let error = errorText { try check(validation: true) }
        #expect(words.isEmpty ? error.isEmpty : error.contains(words), "\(error)")
    }

    @Test(arguments: [
        "best-by: validation/f1-macro", "greater-is-better: true", "early-stopping: 2", "evaluate-every: 5",
    ])
    func whatChoosesNeedsValidation(training: String) throws {
        let check = try checking(training)
        #expect(
            errorText { try check(validation: false) }.contains(
                "expected a validation part of task spam to choose on"))
        #expect(errorText { try checking("epochs: 1")(validation: false) } == "")
    }

    private struct Check {
        let contestant: any Contestant
        let encoder: ModelFolder

        func callAsFunction(validation: Bool) throws {
            let examples = Examples(texts: ["a", "b", "c"], targets: .classes([0, 1, 0]))
            let task = TrainingTask(
                name: "spam", labelSpace: try LabelSpace(kind: .binary, names: ["no", "yes"]),
                train: examples,
                validation: validation ? examples : nil)
            try contestant.check([task], ContestantResources(cache: URL(fileURLWithPath: "/none")))
        }
    }

    private func checking(_ training: String) throws -> Check {
        let encoder = try ModelFolder()
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "dataset: {file: none.csv}\ncontestants:\n"
                + "  - {id: a, model: multi-task, encoder: \(encoder.url.path), training: {\(training)}}\n",
            to: "e.yaml")
        return Check(
            contestant: try ExperimentFile(contentsOf: file).contestants[0].contestant, encoder: encoder)
    }
}
