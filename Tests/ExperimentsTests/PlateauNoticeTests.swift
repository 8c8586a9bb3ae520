import Encoders
import Labels
import Testing
import TextClassifiers

@Suite struct PlateauNoticeTests {
    private func task(_ classes: [Int], name: String? = nil) -> ClassificationTask {
        ClassificationTask(
            name: name, sequences: classes.map { _ in [1] }, targets: .classes(classes),
            loss: .crossEntropy(classWeights: [1, 1], smoothing: 0))
    }

    /// The best constant prediction of two classes as frequent loses log 2 = 0.6931, of which 95% are 0.6585.
    @Test func aLossNearThatOfAConstantIsTold() throws {
        let notice = try #require(PlateauNotice(task([0, 1, 1, 0]), lastLoss: 0.69))
        #expect(
            notice.text
                == "training did not leave the plateau: the train loss of the last epoch is 0.6900, expected below 0.6585, "
                + "which is 0.95 times that of the best constant prediction; try another seed, more epochs, or a smaller "
                + "learning rate with a warm-up")
        let named = try #require(PlateauNotice(task([0, 1], name: "spam"), lastLoss: 0.659))
        #expect(named.text.hasPrefix("task spam: training did not leave the plateau"))
        #expect(PlateauNotice(task([0, 1, 1, 0]), lastLoss: 0.658) == nil)
    }

    @Test func nothingIsToldWithoutALossOrAPlateau() {
        #expect(PlateauNotice(task([0, 1]), lastLoss: nil) == nil)
        #expect(PlateauNotice(task([1, 1]), lastLoss: 0.1) == nil)
    }
}
