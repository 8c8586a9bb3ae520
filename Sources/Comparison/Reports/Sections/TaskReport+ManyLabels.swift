import Evaluation
import Results

/// The section on what matters where there are many labels, of which most are rare.
extension TaskReport {
    /// Nil where a row has one label.
    var manyLabelsSection: Document? {
        guard labels.kind == .multilabel else { return nil }
        let metrics = MetricName.allCases.filter { metric in
            metric.depth != nil && ranking.contestants.contains { $0.test.has(metric) }
        }
        let trainCounts = results.split[.train]?.labelCounts
        let bands = trainCounts.map(bandSizes) ?? []
        if metrics.isEmpty && bands.isEmpty { return nil }
        var table = Table(
            ["contestant"] + metrics.map { .numbers($0.readableName) }
                + bands.map { .numbers("\($0.band.rawValue) F1") })
        for contestant in ranking.contestants {
            let scores = trainCounts.map { contestant.test.bands(trainCounts: $0) } ?? []
            table.add(
                [contestant.id] + metrics.map { Wording.score(contestant.test[$0]) }
                    + bands.map { own in
                        Wording.score(scores.first { $0.band == own.band }?.f1Macro)
                    })
        }
        return Document {
            Block.heading(2, "Many labels")
            Block.paragraph(note(isRanked: !metrics.isEmpty, bands))
            Block.table(table)
        }
    }

    /// The bands that hold labels, with how many; none where all labels are of one band.
    private func bandSizes(_ trainCounts: [Int]) -> [(band: LabelBand, count: Int)] {
        let bands = trainCounts.map(LabelBand.init(trainRows:))
        let sizes = LabelBand.allCases.map { band in (band: band, count: bands.count { $0 == band }) }
            .filter { $0.count > 0 }
        return sizes.count > 1 ? sizes : []
    }

    private func note(isRanked: Bool, _ bands: [(band: LabelBand, count: Int)]) -> Inline {
        let ranked =
            isRanked ? ["Precision and nDCG at k are of the k most probable labels of each row."] : []
        if bands.isEmpty { return .text(ranked.joined()) }
        let sizes = bands.map { own in
            switch own.band {
            case .head: "head, \(own.count) with more than \(LabelBand.middleRows.upperBound) train rows"
            case .middle:
                "middle, \(own.count) with \(LabelBand.middleRows.lowerBound) to \(LabelBand.middleRows.upperBound)"
            case .tail: "tail, \(own.count) with fewer than \(LabelBand.middleRows.lowerBound)"
            }
        }
        let banded =
            "F1 of labels by how often train has them is the mean over them: \(sizes.joined(separator: "; "))."
        return .text((ranked + [banded]).joined(separator: " "))
    }
}
