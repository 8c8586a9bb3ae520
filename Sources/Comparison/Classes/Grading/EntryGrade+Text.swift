import Evaluation
import Foundation
import Reports
import Results

extension EntryGrade {
    /// For people, as plain text.
    public var text: String {
        ["\(entry): \(isValid ? "valid" : "not valid")\n", faultText, scoreText, pointText].joined()
    }

    /// What is wrong and what is worth knowing, a line each.
    private var faultText: String {
        faults.map { "  - \($0.explanation)\n" }.joined() + notices.map { "  notice: \($0)\n" }.joined()
    }

    private var scoreText: String {
        guard isValid else { return "" }
        var table = Table([
            "against", .numbers("score"), .numbers("difference"), .numbers("95% interval"),
            .numbers("p, Holm"),
            "verdict",
        ])
        for pair in comparisons {
            table.add([
                pair.baseline, Wording.score(pair.baselineScore), Wording.signed(pair.difference),
                Wording.interval(pair.interval), Wording.pValue(pair.adjustedPValue), pair.verdict.words,
            ])
        }
        return
            "\(metric.readableName) \(Wording.score(score)), 95% interval \(Wording.interval(interval)), on "
            + "\(rowText)\n\n\(table.text)"
    }

    private var rowText: String {
        switch rows {
        case .all: Wording.plural(rowCount, "row")
        case .public: "the \(Wording.plural(rowCount, "public row"))"
        case .final: "the \(Wording.plural(rowCount, "final row"))"
        }
    }

    private var pointText: String {
        var table = Table([.numbers("points"), .numbers("of"), "for", "why"])
        for item in points {
            table.add([
                RubricPoints.spelled(item.points), RubricPoints.spelled(item.maxPoints), item.name,
                item.reason,
            ])
        }
        table.addTotal([
            .text(RubricPoints.spelled(total)), .text(RubricPoints.spelled(maxTotal)), "together", "",
        ])
        return "\n\(table.text)"
    }
}

extension EntryGrade.Verdict {
    var words: String {
        switch self {
        case .better: "better by more than chance"
        case .worse: "worse by more than chance"
        case .perhapsBetter: "better, perhaps by chance"
        case .perhapsWorse: "worse, perhaps by chance"
        case .same: "the same"
        }
    }
}

extension RubricPoints {
    /// With two decimals at most.
    static func spelled(_ points: Double) -> String {
        let hundredths = (points * 100).rounded() / 100
        return hundredths == hundredths.rounded() ? String(format: "%.0f", hundredths) : "\(hundredths)"
    }
}
