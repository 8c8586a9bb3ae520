import Evaluation
import Labels
import Testing

@Suite struct MetricNameTests {
    @Test func hyphensAndUnderscoresAreOne() {
        #expect(MetricName(name: "f1-micro") == .f1Micro)
        #expect(MetricName(name: "f1_micro") == .f1Micro)
        #expect(MetricName(name: "recall-macro_defined") == .recallMacroDefined)
        #expect(MetricName(name: "f1 micro") == nil)
        #expect(MetricName(name: "") == nil)
        for metric in MetricName.allCases {
            #expect(MetricName(name: metric.rawValue) == metric)
            #expect(MetricName(name: metric.settingName) == metric && !metric.settingName.contains("_"))
        }
        #expect(MetricName.precisionOf(label: "a_b").settingName == "precision:a_b")
    }

    @Test func descriptionsAreThereAndDiffer() {
        #expect(Set(MetricName.allCases.map(\.description)).count == MetricName.allCases.count)
        #expect(
            MetricName.allCases.filter { $0.direction == .lowerIsBetter }
                == [.hammingLoss, .meanAbsoluteError, .meanCost, .logLoss, .brierScore, .ece])
    }

    @Test func eachKindHasItsOwn() {
        func names(_ kind: LabelKind) -> Set<MetricName> {
            Set(MetricName.allCases.filter { $0.applies(to: kind) })
        }
        #expect(
            names(.binary).subtracting(names(.multiclass))
                == [.f1, .precision, .recall, .rocAUC, .averagePrecision])
        #expect(
            names(.multiclass).subtracting(names(.multilabel))
                == [.balancedAccuracy, .matthewsCorrcoef, .cohenKappa])
        #expect(
            names(.multilabel).subtracting(names(.multiclass)) == [
                .subsetAccuracy, .f1Samples, .precisionSamples, .recallSamples, .hammingLoss, .jaccardSamples,
                .rocAUCMicroDecided, .rocAUCMacroDecided, .labelRankingAveragePrecision,
            ])
    }

    @Test(arguments: [
        ("f1-micro", MetricName.f1Micro), ("macro-f1", .f1Macro), ("Macro-F1", .f1Macro), ("F1", .f1),
        ("auc_roc", .rocAUC), ("log-loss", .logLoss), ("accuracy", .accuracy),
        ("accuracy_subset", .subsetAccuracy),
    ])
    func wordsMayStandInAnyOrder(name: String, metric: MetricName) {
        #expect(MetricName(name: name) == metric)
    }

    @Test(arguments: ["", "f1-mikro", "macro", "f1-f1"])
    func otherWordsNameNoMetric(name: String) { #expect(MetricName(name: name) == nil) }
}
