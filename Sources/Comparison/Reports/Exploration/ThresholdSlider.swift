import Evaluation
import Foundation
import Labels
import Results

/// A threshold that the reader of a page moves, and what precision, recall and F1 of each contestant become.
package struct ThresholdSlider: Equatable, Sendable {
    /// A contestant with probabilities.
    package struct Contestant: Equatable, Sendable {
        package let id: String
        package let counts: ThresholdCounts
    }

    /// Those that are thresholded; one in a binary task. Shape: [L].
    package let labels: [String]
    /// The gold rows of each of them. Shape: [L].
    package let support: [Int]
    /// At least one.
    package let contestants: [Contestant]

    /// Nil where no label is thresholded, or no contestant has probabilities.
    package init?(_ all: [ScoredPredictions], labelSpace: LabelSpace) {
        contestants = all.filter(\.isProbabilistic).compactMap { contestant in
            ThresholdCounts(
                gold: contestant.test.gold, probabilities: contestant.test.probabilities,
                labelSpace: labelSpace
            ).map { Contestant(id: contestant.id, counts: $0) }
        }
        guard let first = contestants.first?.counts else { return nil }
        labels = first.labels.map { labelSpace.names[$0] }
        support = first.counts.map { $0[0].gold }
    }

    /// What a page carries of it.
    private struct Carried: Encodable {
        struct Contestant: Encodable {
            let id: String
            let counts: String
        }

        let labels: [String]
        let support: [Int]
        let contestants: [Contestant]
    }

    /// As JSON that may stand in a `<script>`, the counts packed.
    package var json: String {
        let carried = Carried(
            labels: labels, support: support,
            contestants: contestants.map { .init(id: $0.id, counts: $0.counts.packed) })
        // Strings and whole numbers can always be written.
        let line = (try? StableJSON.line(carried)) ?? []
        return String(decoding: line.dropLast(), as: UTF8.self).replacing("<", with: "\\u003c")
    }
}

extension ThresholdCounts {
    /// The true and the false positives of each label, from the threshold 1.00 down to 0.00, each as what it has more than at
    /// the threshold above: numbers of seven bits a byte, the lowest first, a set eighth bit where more follow, in base 64.
    ///
    /// A number n is written as 2n, or as -2n - 1 if it is negative: two classes are decided at 0.50 by which is the more
    /// probable, which may be fewer rows than have 0.51.
    var packed: String {
        var bytes: [UInt8] = []
        func add(_ number: Int) {
            var rest = UInt(number >= 0 ? 2 * number : -2 * number - 1)
            while rest >= 128 {
                bytes.append(UInt8(rest & 127) | 128)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
        for label in counts {
            var above = Counts()
            for here in label.reversed() {
                add(here.truePositives - above.truePositives)
                add(here.falsePositives - above.falsePositives)
                above = here
            }
        }
        return Data(bytes).base64EncodedString()
    }
}
