import Evaluation
import Labels
import Testing

/// Ratings that are rows of their own: votes, agreement on each label, and each rating judged by the others of its text.
@Suite struct RowRaterTests {
    @Test func votesForSets() {
        let two = RaterVote<[Int]>.votes(atLeast: 2, isMultilabel: true)
        #expect(two([[0, 2], [2], [1], []]) == [2] && two([[], []]) == [])
        #expect(two([[0], [1]]) == nil && two([[0]]) == nil && two([]) == nil)
        // Some labels are decided, so that none is not.
        #expect(two([[0], [1, 0], [], []]) == [0])
        #expect(RaterVote<[Int]>.votes(atLeast: 1, isMultilabel: true)([[1], [0]]) == [0, 1])
    }

    @Test func votesForClasses() {
        let two = RaterVote<[Int]>.votes(atLeast: 2, isMultilabel: false)
        #expect(two([[1], [1], [0]]) == [1] && two([[1]]) == nil && two([[0], [1], [2]]) == nil)
        #expect(two([[1], [1], [0], [0]]) == nil && two([[1], [1], [0], [0], [0]]) == [0])
    }

    /// Texts of 1 to 5 ratings, each any of three labels, of which the last is never given.
    private static let texts: [[[Int]]] = (0..<23).map { text in
        (0..<(text % 5 + 1)).map { rating in
            (0..<2).filter { (text * 7 + rating * 3 + $0 * 5) % 4 == 0 || (text + $0) % 3 == 0 }
        }
    }

    @Test func agreementOnEachLabelIsAlphaOfZerosAndOnes() throws {
        let found = LabelAgreement(Self.texts, labelCount: 3)
        let intervals = found.intervals(draws: 37, seed: 5)
        #expect(found.unitCount == Self.texts.count { $0.count >= 2 })
        for label in 0..<2 {
            let ratings = Self.texts.map { text in
                (0..<5).map { place -> Double? in
                    place < text.count ? (text[place].contains(label) ? 1 : 0) : nil
                }
            }
            let alpha = KrippendorffAlpha(ratings, level: .nominal)
            let (value, expected) = (try #require(found.values[label]), try #require(alpha.value))
            #expect(abs(value - expected) < 1e-12)
            let interval = try #require(intervals.labels[label])
            let other = try #require(alpha.interval(draws: 37, seed: 5))
            #expect(abs(interval.low - other.low) < 1e-12 && abs(interval.high - other.high) < 1e-12)
            let given = Self.texts.filter { $0.count >= 2 }.joined().count { $0.contains(label) }
            #expect(found.ratingsOfLabels[label] == given)
        }
        // Nobody gives the last label.
        #expect(found.values[2] == nil && intervals.labels[2] == nil && found.ratingsOfLabels[2] == 0)
        let mean = try #require(found.mean)
        #expect(abs(mean - ((found.values[0] ?? 0) + (found.values[1] ?? 0)) / 2) < 1e-15)
        let interval = try #require(intervals.mean)
        #expect(interval.low < mean && mean < interval.high)
    }

    @Test func agreementWithoutPairsIsUndefined() {
        let found = LabelAgreement([[[0]], [[1]]], labelCount: 2)
        #expect(found.unitCount == 0 && found.values == [nil, nil] && found.mean == nil)
        #expect(found.intervals(draws: 9, seed: 1).mean == nil)
        #expect(found.intervals(draws: 9, seed: 1).labels.allSatisfy { $0 == nil })
    }

    private static func sets(_ rows: [[Int]]) -> Targets {
        .sets(IndicatorMatrix(labelCount: 2, rows: rows))
    }

    @Test func eachRatingIsJudgedByTheOthersOfItsText() throws {
        let space = try LabelSpace(kind: .multilabel, names: ["a", "b"])
        let labels = Self.sets([[0], [1], [0], [1], [0, 1], [1]])
        func rater(_ minVotes: Int) -> LeftOutRater {
            LeftOutRater(
                rowsOfTexts: [[0, 2, 4], [1, 3], [5]], labels: labels,
                vote: .votes(atLeast: minVotes, isMultilabel: true), labelSpace: space)
        }
        // The others of rows 0, 2 and 4 agree on a; of rows 1 and 3 there is one other.
        #expect(rater(2).judgedRows == [0, 2, 4] && rater(2).rowCounts == [3])
        #expect(rater(2).scores(.subsetAccuracy) == [2.0 / 3])
        // By one vote: of rows 0 and 2 the others say a and b, of row 4 they say a; rows 1 and 3 agree.
        #expect(rater(1).judgedRows == [0, 1, 2, 3, 4] && rater(1).scores(.subsetAccuracy) == [2.0 / 5])
        // A contestant that says a everywhere is right on the three of the first text.
        let always = rater(2).scores(
            .subsetAccuracy, against: [Self.sets(Array(repeating: [0], count: 6))])
        #expect(always == [2.0 / 3, 1])
    }

    /// A resample has all ratings of a text or none, so that a contestant that is right on whole texts has a score in sixths.
    @Test func resamplesDrawWholeTexts() throws {
        let space = try LabelSpace(kind: .multilabel, names: ["a", "b"])
        let texts = (0..<6).map { text in (0..<3).map { $0 * 6 + text } }
        let rater = LeftOutRater(
            rowsOfTexts: texts, labels: Self.sets(Array(repeating: [0], count: 18)),
            vote: .votes(atLeast: 2, isMultilabel: true), labelSpace: space)
        let halfRight = Self.sets((0..<18).map { $0 % 6 < 3 ? [0] : [1] })
        let drawn = rater.bootstrap(.subsetAccuracy, against: [halfRight], draws: 40, seed: 3)
        #expect(drawn.count == 2 && drawn[0] == Array(repeating: 1, count: 40))
        #expect(drawn[1].allSatisfy { abs($0 * 6 - ($0 * 6).rounded()) < 1e-9 })
        #expect(Set(drawn[1]).count > 1)
    }
}
