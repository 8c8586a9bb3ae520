import Corpora
import Foundation
import Labels
import Results
import TestSupport
import Testing

/// Files of truth and of predictions, made by anything: what is scored, and what is refused.
@Suite struct ScoreFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, _ name: String) throws -> String {
        try folder.write(text, to: name).path
    }

    private func scores(
        _ truth: String, _ predictions: String, kind: LabelKind? = nil, labels: [String]? = nil,
        ending: String = "csv"
    ) throws -> FileScores {
        return try scorePredictions(
            truth: write(truth, "gold." + ending), predictions: write(predictions, "pred." + ending),
            kind: kind,
            labels: labels)
    }

    private func complaint(
        _ truth: String, _ predictions: String, kind: LabelKind? = nil, labels: [String]? = nil,
        ending: String = "csv"
    ) -> String {
        do {
            _ = try scores(truth, predictions, kind: kind, labels: labels, ending: ending)
            return "no complaint"
        } catch { return "\(error)".replacingOccurrences(of: folder.url.path + "/", with: "") }
    }

    private func names(_ scores: FileScores) -> [String] { scores.scorecard.perLabel.map(\.label) }

    // MARK: Labels are values

    @Test(arguments: [
        ("gold\n0\n1\n1\n1\n", "predicted\n0.0\n1.0\n1.0\n0.0\n", ["0", "1"]),
        ("gold\nFalse\nTrue\nTrue\nTrue\n", "predicted\nfalse\ntrue\nTRUE\nFALSE\n", ["false", "true"]),
        ("gold\n5\n10\n10\n10\n", "predicted\n5.0\n10.0\n10.0\n5.0\n", ["5", "10"]),
        ("gold\na\nb \nb\n b\n", "predicted\na \nb\nb\na\n", ["a", "b"]),
        ("gold\n['a']\n['b']\n['b']\n['b']\n", "predicted\n[\"a\"]\n[\"b\"]\n['b']\n['a']\n", ["a", "b"]),
    ])
    func spellingsMeet(truth: String, predictions: String, expected: [String]) throws {
        let scores = try scores(truth, predictions)
        #expect(names(scores) == expected && scores.scorecard[.accuracy] == 0.75)
    }

    @Test func undecidedSpellings() {
        for (a, b) in [("1", "01"), ("0.5", "0.50"), ("1", "True")] {
            let message = complaint("gold\n\(a)\n2\n", "predicted\n\(b)\n2\n")
            #expect(
                message.contains("pred.csv:2") && message.contains("'\(a)' at")
                    && message.contains("--labels"))
        }
    }

    /// The order, and with it the positive label, is that of datasets: by number, then by code point.
    @Test func positiveLabel() throws {
        let truth = "id,gold\n1,5\n2,10\n3,10\n4,10\n"
        for predictions in [
            "id,predicted\n1,10\n2,10\n3,10\n4,5\n",
            "id,predicted,p_10,p_5\n1,10,.8,.2\n2,10,.7,.3\n3,10,.9,.1\n4,5,.1,.9\n",
        ] {
            let scores = try scores(truth, predictions)
            #expect(names(scores) == ["5", "10"] && scores.scorecard[.recall] == 2.0 / 3)
            #expect(scores.notices.contains { $0.contains("those of '10'") })
        }
        let named = try scores(truth, "id,predicted\n1,10\n2,10\n3,10\n4,5\n", labels: ["10", "5"])
        #expect(named.scorecard[.recall] == 0)
        // The stored predictions of a run have their columns in its order.
        let stored = "id,gold,predicted,p_b,p_a\n1,a,a,.1,.9\n2,b,b,.6,.4\n"
        #expect(try names(scores(stored, stored)) == ["b", "a"])
    }

    @Test func labelsThatAreNotPossible() throws {
        #expect(complaint("gold\nspam\nham\n", "predicted\nsapm\nham\n").contains("did you mean 'spam'"))
        #expect(
            complaint("gold\nspam\nham\n", "predicted\nspam\nSpam\n").contains(
                "pred.csv:3: found label 'Spam'"))
        let message = complaint("gold\na\nb\n", "predicted,p_a,p_b\na,1,0\nx,0,1\n")
        #expect(message.contains("pred.csv:3") && message.contains("'x'") && message.contains("a, b"))
        // A rare label that a small truth lacks.
        let rare = try scores("gold\njoy\nfear\n", "predicted\njoy\nsurprise\n")
        #expect(names(rare) == ["fear", "joy", "surprise"])
        #expect(rare.notices.contains { $0.contains("pred.csv:3") && $0.contains("'surprise'") })
        #expect(complaint("gold\na\nb\n", "predicted\na\nc\n") == "no complaint")
        #expect(complaint("gold\n7\n8\n", "predicted\n7\n9\n") == "no complaint")
        #expect(
            try scores("gold\nham\nspam\n", "predicted\n0\n1\n", labels: ["ham", "spam"]).scorecard[.accuracy]
                == 1)
    }

    // MARK: Rows

    @Test func noRowIsLostToAHeader() throws {
        let scores = try scores("a\nb\na\n", "a\nb\nb\n")
        #expect(scores.scorecard.support == 3 && scores.scorecard[.accuracy] == 2.0 / 3)
        #expect(try self.scores("label\na\nb\n", "y_pred\na\nb\n").scorecard.support == 2)
        #expect(try self.scores("x\ny\nx\n", "predicted\nx\ny\ny\n").scorecard.support == 3)
        let message = complaint("first\na\nb\n", "predicted\na\nb\n")
        #expect(message.contains("no column 'gold'; found first") && message.contains("above it"))
        #expect(message.contains("rename the column that is meant to 'gold'"))
        #expect(complaint("1,a\n2,b\n", "1,a\n2,b\n").contains("no column 'gold'"))
        #expect(try self.scores("a\nb\na\n", "b\na\nb\n", ending: "tsv").scorecard.support == 3)
        #expect(try self.scores("a\nb\na\n", "a\nb\nb\n", ending: "txt").scorecard.support == 3)
    }

    /// A label may be called as a column is: the other file's rows tell what the first row is, or nothing does.
    @Test func aLabelThatMayBeAHeader() throws {
        let medals = try scores("gold\nsilver\ngold\n", "predicted\ngold\nsilver\nsilver\n")
        #expect(medals.scorecard.support == 3 && medals.scorecard[.accuracy] == 2.0 / 3)
        let truths = try scores("answer,gold\nx,gold\ny,silver\n", "predicted\ngold\nsilver\n")
        #expect(truths.scorecard.support == 2 && truths.scorecard[.accuracy] == 1)
        let booleans = try scores("gold\ntrue\nfalse\n", "true\nfalse\n")
        #expect(booleans.scorecard.support == 2 && booleans.scorecard[.accuracy] == 1)
        let classes = try scores(
            "class\nrace\nclass\n", "y_pred\nclass\nrace\nrace\n", labels: ["class", "race"])
        #expect(classes.scorecard.support == 3 && classes.scorecard[.accuracy] == 2.0 / 3)
        for (truth, predictions) in [
            ("gold\nsilver\ngold\n", "gold\nsilver\nsilver\n"), ("true\nfalse\n", "true\ntrue\n"),
            ("gold\nsilver\nbronze\n", "predicted\ngold\nsilver\nbronze\n"),
        ] {
            let message = complaint(truth, predictions)
            let isCertain = predictions.hasPrefix("predicted")
            #expect(
                isCertain ? message == "no complaint" : message.contains("gold.csv:1: the first row, '"),
                "\(message)")
        }
        #expect(
            complaint("id,gold\n1,gold\n2,silver\n", "id,predicted\n1,gold\n2,silver\n") == "no complaint")
        let error = #expect(throws: (any Error).self) { try external("pred\ntrue\n", ["pred", "true"]) }
        #expect(error.map { "\($0)" }?.contains("may be the header or the first label") == true)
    }

    @Test func aColumnThatBothHaveIsNoId() throws {
        let scores = try scores("index,gold\n1,a\n2,b\n", "index,predicted\n2,b\n1,a\n")
        #expect(
            scores.notices.contains {
                $0.contains("matched by their order") && $0.contains("both files have a column 'index'")
            })
        #expect(!(try self.scores("gold\na\nb\n", "gold\na\nb\n").notices.contains { $0.contains("order") }))
    }

    @Test func aSeparatorThatIsSaid() throws {
        var options = DatasetOptions()
        options.separator = ";"
        let scores = try scorePredictions(
            truth: write("gold\na;b\nb;\nc;a\n", "gold.csv"),
            predictions: write("predicted\nb;a\nb\nc;b\n", "pred.csv"), kind: nil, labels: nil,
            options: options)
        #expect(names(scores) == ["a", "b", "c"] && scores.scorecard[.subsetAccuracy] == 2.0 / 3)
        options.separator = "\\t"
        let tabs = try scorePredictions(
            truth: write("gold\na\n", "gold.csv"), predictions: write("predicted\na\n", "pred.csv"),
            kind: nil,
            labels: nil, options: options)
        #expect(tabs.scorecard.kind == .multilabel)
    }

    @Test func idsStandOnceOnBothSides() throws {
        let predictions = "id,predicted\n1,a\n2,b\n3,a\n"
        #expect(complaint("id,gold\n1,a\n1,b\n2,b\n", predictions).contains("gold.csv:3: id '1'"))
        #expect(
            complaint("id,gold\n1,a\n2,b\n3,b\n", "id,predicted\n1,a\n1,b\n2,b\n").contains(
                "pred.csv:3: id '1'"))
        #expect(
            complaint("id,gold\n1,a\n2,b\n4,b\n", predictions).contains("pred.csv: no row has the id '4'"))
        #expect(complaint("id,gold\n1,a\n2,b\n", predictions).contains("gold.csv: no row has the id '3'"))
        #expect(complaint("id,gold\n1,a\n,b\n3,b\n", predictions).contains("gold.csv:3: the id is empty"))
        // pandas writes ids as floats once one was missing.
        #expect(
            try scores("id,gold\n1,a\n2,b\n3,a\n", "id,predicted\n3.0,a\n1.0,a\n2.0,b\n").scorecard[.accuracy]
                == 1)
        let mixed = try scores("gold\na\nb\na\n", predictions)
        #expect(mixed.notices.contains { $0.contains("gold.csv has no column 'id'") })
    }

    @Test func aRowWithoutALabel() throws {
        #expect(
            complaint("id,gold\n1,a\n2,\n3,b\n", "id,predicted\n1,a\n2,b\n3,b\n").contains(
                "gold.csv:3: found no label"))
        let sets = try scores("id,gold\n1,a\n2,\n3,b\n", "id,predicted\n1,a\n2,b\n3,b\n", kind: .multilabel)
        #expect(sets.scorecard.kind == .multilabel)
        #expect(try scores("id,gold\n1,a|b\n2,\n", "id,predicted\n1,a\n2,b\n").scorecard.kind == .multilabel)
    }

    // MARK: Probabilities

    @Test func probabilitiesAndLabelsAgree() throws {
        let truth = "gold\na\nb\nc\n"
        let message = complaint(
            truth, "predicted,p_a,p_b,p_c\na,.8,.1,.1\nb,.7,.2,.1\nc,0,0,1\n")
        #expect(
            message.contains("pred.csv:3") && message.contains("'b' predicted and 'a'")
                && message.contains("'predicted'"))
        // Equal probabilities allow either.
        #expect(complaint(truth, "predicted,p_a,p_b,p_c\na,.5,.5,0\nb,.4,.4,.2\nc,0,0,1\n") == "no complaint")
        let binary = "gold\na\nb\nb\n"
        #expect(complaint(binary, "predicted,p_a,p_b\na,.9,.1\na,.4,.6\nb,.1,.9\n").contains("pred.csv:3"))
        let decided = try scores(binary, "p_a,p_b\n.9,.1\n.6,.4\n.1,.9\n")
        #expect(decided.scorecard[.accuracy] == 2.0 / 3 && decided.scorecard.hasProbabilities)
    }

    @Test func thresholdsOfSetsAndOfRuns() throws {
        let sets = try scores(
            "gold\na|b\nb\n", "predicted,p_a,p_b\na|b,.4,.9\nb,.2,.8\n", kind: .multilabel)
        #expect(sets.notices.contains { $0.contains("thresholds") })
        #expect(
            complaint("gold\na|b\nb\n", "predicted,p_a,p_b\nb,.4,.9\na|b,.2,.8\n").contains("pred.csv:3"))
        let stored = "id,gold,predicted,p_a,p_b\n1,a,b,.6,.4\n2,b,b,.1,.9\n3,a,a,.7,.3\n"
        #expect(try scores(stored, stored).notices.contains { $0.contains("thresholds") })
        let inverted = "id,gold,predicted,p_a,p_b\n1,a,b,.6,.4\n2,b,a,.1,.9\n"
        #expect(
            complaint(inverted, inverted).contains("gold.csv:2")
                || complaint(inverted, inverted).contains("pred.csv:2"))
    }

    @Test func probabilitiesThatDoNotSumToOne() throws {
        let scores = try scores(
            "gold\na\nb\nc\n", "predicted,p_a,p_b,p_c\na,.9,.9,.9\nb,.5,.5,.5\nc,.1,.1,.1\n")
        #expect(
            scores.notices.contains {
                $0.contains("pred.csv:2") && $0.contains("sum to 2.7") && $0.contains("3 rows")
            })
        #expect(scores.scorecard[.logLoss] != nil)
        let rounded = try self.scores(
            "gold\na\nb\n", "predicted,p_a,p_b,p_c\na,.34,.33,.33\nb,.33,.34,.32\n", labels: ["a", "b", "c"])
        #expect(!rounded.notices.contains { $0.contains("sum") })
    }

    /// Models that decide without probabilities write 1 and 0, which would have a log loss of 20.
    @Test func decisionsAreNoProbabilities() throws {
        for predictions in ["predicted,p_a,p_b\na,1,0\na,1.0,0.0\n", "p_a,p_b\n1,0\n1,0\n"] {
            let scores = try scores("gold\na\nb\n", predictions)
            #expect(scores.scorecard[.accuracy] == 0.5 && scores.scorecard[.logLoss] == nil)
            #expect(scores.notices.contains { $0.contains("pred.csv: every value p_... is 0 or 1") })
        }
        let sure = try scores("gold\na\nb\n", "p_a,p_b\n1,0\n.9,.1\n")
        #expect(sure.scorecard[.logLoss] != nil && !sure.notices.contains { $0.contains("0 or 1") })
        #expect(try !external("id,p_a,p_b\n1,1,0\n2,0,1\n").hasProbabilities)
    }

    @Test func ordinalLabelsAreScoredByRank() throws {
        let (gold, predicted) = ("gold\n1\n2\n3\n", "predicted\n1\n3\n1\n")
        let scores = try scorePredictions(
            truth: write(gold, "gold.csv"), predictions: write(predicted, "pred.csv"), kind: nil,
            isOrdinal: true,
            labels: nil)
        #expect(scores.scorecard[.meanAbsoluteError] == 1)
        #expect(try self.scores(gold, predicted).scorecard[.meanAbsoluteError] == nil)
    }

    @Test(arguments: [
        ("predicted,p_a,p_b\na,1.5,0\nb,0,1\n", "'1.5' in p_a"),
        ("predicted,p_a,p_b\na,-0.1,1\nb,0,1\n", "'-0.1'"),
        ("predicted,p_a,p_b\na,nan,1\nb,0,1\n", "'nan'"), ("predicted,p_a,p_b\na,,1\nb,0,1\n", "''"),
        ("predicted,p_a\na,1\nb,0\n", "no column 'p_b'"),
        ("predicted,p_a,p_b,p_a\na,1,0,1\nb,0,1,0\n", "p_a"),
        ("predicted,p_a,p_bb\na,1,0\nb,0,1\n", "p_b"),
    ])
    func badProbabilities(predictions: String, expected: String) {
        let message = complaint("gold\na\nb\n", predictions)
        #expect(message.contains(expected), "\(message)")
    }

    // MARK: Predictions made elsewhere, in a run

    private func external(_ text: String, _ names: [String] = ["a", "b"]) throws -> ExternalPredictions {
        return try ExternalPredictions(
            contentsOf: URL(fileURLWithPath: write(text, "out.csv")),
            labelSpace: LabelSpace(kind: names.count == 2 ? .binary : .multiclass, names: names))
    }

    @Test func externalPredictionsAreCheckedAlike() throws {
        for (text, expected) in [
            ("id,predicted,p_a,p_b\n1,a,.9,.1\n2,b,.8,.2\n", "out.csv:3: found 'b' predicted and 'a'"),
            ("id,predicted\n1,a\n2,bb\n", "out.csv:3: found label 'bb'; expected one of a, b"),
            ("id,predicted,p_a,p_c\n1,a,.9,.1\n", "'p_c'"), ("id,predicted\n1,a\n1.0,b\n", "id '1'"),
            ("id,predicted\n1,\n", "found no label"),
        ] {
            let error = #expect(throws: (any Error).self) { try external(text) }
            #expect(error.map { "\($0)" }?.contains(expected) == true, "\(String(describing: error))")
        }
        let numbers = try external("id,predicted,p_1.0,p_0.0\n1,0.0,.2,.8\n2,1.0,.7,.3\n", ["0", "1"])
        #expect(try numbers.probabilities(ofIDs: ["2", "1"]).values == [0.3, 0.7, 0.8, 0.2])
        #expect(try external("predicted\na\nb\n").notices.contains { $0.contains("no ids") })
        #expect(
            try external("id,predicted,p_a,p_b\n1,a,.9,.9\n").notices.contains { $0.contains("sum to 1.8") })
        #expect(try external("id,p_a,p_b\n1,.9,.1\n").hasProbabilities)
    }

    @Test func externalRowsThatNoPartHas() throws {
        let predictions = try external("id,predicted\n1,a\n2.0,b\nx9,b\n7,a\n")
        let notice = predictions.foreignRowsNotice(among: ["1", "2", "3"])
        #expect(
            notice
                == "2 rows of out.csv have ids that no row of the dataset has, such as 'x9', and count for nothing"
        )
        #expect(predictions.foreignRowsNotice(among: ["1", "2", "x9", "7"]) == nil)
        #expect(try external("predicted\na\nb\n").foreignRowsNotice(among: ["1"]) == nil)
    }
}
