import Bakeoff
import Foundation


/// Times the bootstrap and the paired tests of five contestants on a test set of GoEmotions' shape, and prints one JSON
/// object.
///
///     ResamplingBench THREADS
@main
enum ResamplingBench {
    private static let rounds = 5
    private static let contestants = 5
    /// Gold rows of each label in the test part of GoEmotions ("simplified"): 5,427 comments, 28 labels.
    private static let support = [
        504, 264, 198, 320, 351, 135, 153, 284, 83, 151, 267, 123, 37, 103, 78, 352, 6, 161, 238, 23, 186, 16,
        145,
        11, 56, 156, 141, 1787,
    ]
    private static let rowCount = 5427
    /// What the report gives intervals of.
    private static let metrics: [MetricName] = [.f1Macro, .f1Micro, .f1Weighted, .f1Samples, .subsetAccuracy]

    static func main() throws {
        guard CommandLine.arguments.count == 2, let threads = Int(CommandLine.arguments[1]) else {
            FileHandle.standardError.write(Data("usage: ResamplingBench THREADS\n".utf8))
            exit(2)
        }
        Threads.count = threads
        let space = try LabelSpace(kind: .multilabel, names: support.indices.map { "l\($0)" })
        let gold = gold()
        let predicted = (0..<contestants).map { predictions(of: $0, gold) }
        let resampling = PairedResampling(
            gold: .sets(gold), predicted: predicted.map { .sets($0) }, labelSpace: space, seed: 42)
        let pairs = (0..<contestants).flatMap { i in (i + 1..<contestants).map { (i, $0) } }

        let (drawn, bootstrap) = timed { resampling.bootstrap(metrics) }
        let (_, one) = timed { resampling.bootstrap([.f1Macro]) }
        let (_, tests) = timed { resampling.randomization(.f1Macro, pairs: pairs) }
        for (c, predicted) in predicted.enumerated() {
            let score = Scorecard(gold: .sets(gold), predicted: .sets(predicted), labelSpace: space)
            for (m, metric) in metrics.enumerated() {
                let sorted = drawn[m][c].sorted()
                guard let value = score[metric], sorted[100] < value, value < sorted[sorted.count - 100]
                else {
                    FileHandle.standardError.write(
                        Data("\(metric.rawValue) is not among its resamples\n".utf8))
                    exit(1)
                }
            }
        }
        print(
            """
            {"threads": \(threads), "draws": \(PairedResampling.usualDraws), "rows": \(rowCount), \
            "labels": \(support.count), "contestants": \(contestants),
             "bootstrap_of_5_metrics": \(bootstrap), "bootstrap_of_macro_f1": \(one),
             "randomization_of_\(pairs.count)_pairs": \(tests)}
            """)
    }

    /// The result of `work`, and as JSON the median, least and greatest of the seconds that it took.
    private static func timed<T>(_ work: () -> T) -> (T, json: String) {
        var seconds: [Double] = []
        var value = work()
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            value = work()
            let (whole, rest) = start.duration(to: .now).components
            seconds.append(Double(whole) + Double(rest) * 1e-18)
        }
        seconds.sort()
        func text(_ value: Double) -> String { String(format: "%.3f", value) }
        return (
            value,
            "{\"median\": \(text(seconds[rounds / 2])), \"least\": \(text(seconds[0])), "
                + "\"greatest\": \(text(seconds[rounds - 1]))}"
        )
    }

    private static func gold() -> IndicatorMatrix {
        var values = [Bool](repeating: false, count: rowCount * support.count)
        for (label, count) in support.enumerated() {
            var random = RandomStream(seed: 1, stream: UInt64(label))
            for row in random.shuffled(0..<rowCount).prefix(count) {
                values[row * support.count + label] = true
            }
        }
        return IndicatorMatrix(labelCount: support.count, values: values)
    }

    /// Finds four to six in ten gold cells, and gives every label about half as many again wrongly.
    private static func predictions(of contestant: Int, _ gold: IndicatorMatrix) -> IndicatorMatrix {
        var random = RandomStream(seed: 2, stream: UInt64(contestant))
        let recall = 0.4 + 0.05 * Double(contestant)
        let values = gold.values.indices.map { cell in
            let label = cell % support.count
            let chance = gold.values[cell] ? recall : 0.5 * Double(support[label]) / Double(rowCount)
            return random.nextUniform() < chance
        }
        return IndicatorMatrix(labelCount: support.count, values: values)
    }
}
