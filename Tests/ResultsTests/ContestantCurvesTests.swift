import Evaluation
import Results
import Testing

@Suite struct ContestantCurvesTests {
    @Test func precisionAndRecall() throws {
        // At 7/8 the first is found; at 3/4 a wrong one as well; at 1/4 the second.
        let test = try ByHand.binary([1, 0, 1], [0.875, 0.75, 0.25])
        let curves = ContestantCurves(ByHand.scored("x", test), scaling: nil)
        #expect(curves.precisionRecall == [[0.5, 1], [0.5, 0.5], [1, 2.0 / 3]])
        #expect(curves.labelReliability == nil && curves.calibration == nil)
        let negative = try ByHand.binary([0, 0], [0.875, 0.75])
        #expect(ContestantCurves(ByHand.scored("x", negative), scaling: nil).precisionRecall == [])
    }

    @Test func calibrationOfEachLabel() throws {
        let test = try ByHand.sets([[0], [1], []], [[0.75, 1, 0], [0.75, 1, 0], [0.25, 1, 0]])
        let curves = ContestantCurves(ByHand.scored("x", test), scaling: .platt)
        #expect(
            curves.labelReliability == [[[0.25, 0, 1], [0.75, 0.5, 2]], [[1, 1.0 / 3, 3]], [[0, 0, 3]]])
        // There is no validation part to fit a scaling on.
        #expect(curves.calibration == nil)
    }

    @Test func aScalingThatChangesNothing() throws {
        let test = try ByHand.binary([1, 0, 1], [0.875, 0.75, 0.25])
        // As version 0.1 wrote it.
        let earlier = #"{"method": "temperature", "slope": 1, "intercept": 0}"#
        let scaling = try StableJSON.decode(CalibrationResult.self, from: Array(earlier.utf8))
        #expect(scaling.slopes == [1] && scaling.intercepts == [0] && scaling.eceBefore == nil)
        let measured = try #require(scaling.measured(on: test))
        let card = test.scorecard(isProbabilistic: true)
        #expect(measured.eceBefore == card[.ece] && measured.logLossBefore == card[.logLoss])
        #expect(abs((measured.logLossAfter ?? 0) - (card[.logLoss] ?? 1)) < 1e-12)
        #expect(abs((measured.eceAfter ?? 0) - (card[.ece] ?? 1)) < 1e-12)
        var wrong = scaling
        wrong.slopes.append(1)
        #expect(wrong.measured(on: test) == nil)
    }
}
