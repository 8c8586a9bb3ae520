import Foundation
import Labels
import Learners
import TestSupport
import Testing

@Suite struct DummyClassifierTests {
    private func tasks() throws -> [(name: String, targets: Targets, space: LabelSpace)] {
        let train = try FrontDesk().train
        return [
            ("spam", FrontDesk.spamTargets(train), try LabelSpace(kind: .binary, names: FrontDesk.spam)),
            (
                "sentiment", FrontDesk.sentimentTargets(train),
                try LabelSpace(kind: .multiclass, names: FrontDesk.sentiments)
            ),
            (
                "emotions", FrontDesk.emotionTargets(train),
                try LabelSpace(kind: .multilabel, names: FrontDesk.emotions)
            ),
        ]
    }

    @Test func agreesWithScikitLearn() throws {
        let expected = try golden("dummies.json", as: [String: [Double]].self)
        for (strategy, theirs) in [
            (DummyClassifier.Strategy.mostFrequent, "most_frequent"), (.prior, "prior"),
        ] {
            for (name, targets, space) in try tasks() {
                let dummy = try DummyClassifier.fit(strategy, to: targets, labelSpace: space)
                let probabilities = dummy.probabilities(rowCount: 2).values
                let row = try #require(expected["\(theirs) \(name)"])
                #expect(largestDifference(probabilities, row + row) < 1e-15, "\(theirs) \(name)")
            }
        }
    }

    @Test func drawsFollowTheShares() throws {
        let rows = 20_011
        for (name, targets, space) in try tasks() {
            let dummy = try DummyClassifier.fit(.stratified, to: targets, labelSpace: space, seed: 5)
            let drawn = dummy.probabilities(rowCount: rows)
            #expect(drawn == dummy.probabilities(rowCount: rows))
            #expect(drawn.values.allSatisfy { $0 == 0 || $0 == 1 })
            for (label, share) in dummy.shares.enumerated() {
                let count = (0..<rows).reduce(0) { $0 + drawn[$1, label] }
                let deviation = (share * (1 - share) * Double(rows)).squareRoot()
                #expect(abs(count - share * Double(rows)) < 4 * deviation, "\(name) \(label)")
            }
            if space.kind != .multilabel { #expect(drawn.values.reduce(0, +) == Double(rows)) }
            let other = try DummyClassifier.fit(.stratified, to: targets, labelSpace: space, seed: 6)
            #expect(other.probabilities(rowCount: rows) != drawn)
        }
    }

    @Test func theFirstOfEqualsWins() throws {
        let classes = try LabelSpace(kind: .multiclass, names: ["a", "b", "c"])
        let dummy = try DummyClassifier.fit(.mostFrequent, to: .classes([2, 1, 1, 2]), labelSpace: classes)
        #expect(dummy.probabilities(rowCount: 1).values == [0, 1, 0])
        let labels = try LabelSpace(kind: .multilabel, names: ["half"])
        let half = Targets.sets(IndicatorMatrix(labelCount: 1, values: [true, false]))
        #expect(
            try DummyClassifier.fit(.mostFrequent, to: half, labelSpace: labels).probabilities(rowCount: 1)
                .values == [0])
        #expect(throws: LinearModelError.noRows) {
            try DummyClassifier.fit(.prior, to: .classes([]), labelSpace: classes)
        }
    }
}
