import Evaluation
import Results

/// What is said of the folds of cross-validation.
extension TaskReport {
    /// The ranking's metric on each fold, with what that says of the means and of differences.
    func foldsDocument(_ folds: FoldSpread) -> Document {
        Document {
            Block.paragraph("On each fold, by \(ranking.metric.readableName):")
            Block.table(foldTable(folds))
            figure(figures.foldsFigure)
            if let tests = folds.tests {
                if !tests.means.isEmpty { testsDocument(tests, J: folds.count) }
                Block.paragraph(undefinedOnFolds(tests))
            }
        }
    }

    /// The ranking's metric on each fold, a row for each contestant and dealing.
    private func foldTable(_ folds: FoldSpread) -> Table {
        let each = folds.count / folds.dealings
        let isRepeated = folds.dealings > 1
        var columns: [Table.Column] = ["contestant"]
        if isRepeated { columns.append("folds") }
        columns += (0..<each).map { .numbers(isRepeated ? "\($0 + 1)." : "fold \($0)") }
        var table = Table(columns)
        for contestant in ranking.contestants {
            let scores = folds.scores[contestant.id]?[ranking.metric] ?? []
            for dealing in 0..<folds.dealings {
                let own = scores.dropFirst(dealing * each).prefix(each)
                let places = isRepeated ? ["\(dealing * each) to \(dealing * each + each - 1)"] : []
                table.add([contestant.id] + places + own.map(Wording.score))
            }
        }
        return table
    }

    /// Who has no mean, and so no test either; empty where all have one.
    private func undefinedOnFolds(_ tests: FoldTests) -> Inline {
        let metric = ranking.metric.readableName
        let ids = ranking.contestants.map(\.id).filter { tests.means[$0] == nil }
        if ids.isEmpty { return "" }
        if tests.means.isEmpty {
            return
                "No contestant has a defined \(metric) on every fold, so there are no means and no tests over folds."
        }
        return
            "Without a mean over folds, and in no test over folds, since \(metric) is undefined on a fold: "
            + "\(ids.joined(separator: ", "))."
    }

    /// - Parameter J: How many folds there are.
    private func testsDocument(_ tests: FoldTests, J: Int) -> Document {
        Document {
            Block.paragraph(
                """
                The mean over folds has a standard error that heeds that folds share train rows: the root of \
                \(code: "(1/J + q) s²"), with J = \(J) folds, q = \(Wording.short(tests.testToTrain)) test rows for each \
                train row, and s² the variance over folds (Nadeau and Bengio 2003). Its interval has J - 1 = \(J - 1) \
                \(J == 2 ? "degree" : "degrees") of freedom.
                """)
            Block.table(foldMeansTable(tests))
            if !tests.pairs.isEmpty {
                Block.paragraph(
                    """
                    Pairs are compared by the corrected resampled t-test: t is the mean difference over folds divided by such \
                    a standard error. Holm's correction covers \(Wording.theseComparisons(tests.pairs.count)). It asks who is \
                    better when both are fitted anew on other texts of the kind; the tests of pooled predictions take the \
                    fitted models as they are, and ask about other test rows. A t-test without the correction finds \
                    differences where there are none too often: in our simulations of two equally good classifiers, in 5 to 10% of tests \
                    on 5 folds, where this one finds some in 1 to 3%.
                    """)
                Block.table(foldPairTable(tests))
            }
        }
    }

    private func foldMeansTable(_ tests: FoldTests) -> Table {
        var table = Table([
            "contestant", .numbers("mean"), .numbers("corrected standard error"), .numbers("95% interval"),
        ])
        for contestant in ranking.contestants {
            guard let mean = tests.means[contestant.id] else { continue }
            table.add([
                contestant.id, Wording.score(mean.mean), Wording.score(mean.standardError),
                Wording.interval(mean.low, mean.high),
            ])
        }
        return table
    }

    private func foldPairTable(_ tests: FoldTests) -> Table {
        var table = Table([
            "pair", .numbers("mean difference"), .numbers("corrected standard error"),
            .numbers("95% interval"), .numbers("p"), .numbers("p, Holm"),
        ])
        for pair in tests.pairs {
            table.add([
                "\(pair.first) vs \(pair.second)", Wording.signed(pair.difference.mean),
                Wording.score(pair.difference.standardError),
                Wording.interval(pair.difference.low, pair.difference.high),
                Wording.pValue(pair.pValue), Wording.pValue(pair.adjustedPValue),
            ])
        }
        return table
    }
}
