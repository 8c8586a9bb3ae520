import Foundation
import Labels
import Learners
import LinearAlgebra
import Testing
import TextClassifiers

/// Models that version 0.2 saved, in the folder `Saved`, are read, and predict what they predicted.
@Suite struct OlderModelsTests {
    private func folder(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Saved/\(name)")
    }

    /// `bakeoff predict` of version 0.2 gave these numbers.
    @Test func classifiersOfTfidfVectors() throws {
        let space = try LabelSpace(kind: .multiclass, names: ["negative", "neutral", "positive"])
        let model = try FittedTfidfClassifier(from: folder("tfidf"), labelSpace: space)
        let expected = [0.38532116711258735, 0.22479717928510468, 0.38988165360230803]
        #expect(model.probabilities(of: ["the room is not the one that we had"]).values == expected)
        #expect(model.labelSpace == space && model.featurizer.options.maxFeatures == 5)
        #expect(model.notices.count == 1 && model.notices[0].hasPrefix("6 of 54 training texts"))
    }

    /// NumPy computes these from the tensors of the file.
    @Test func headsOnDenseFeatures() throws {
        let model = try LinearClassifier(from: folder("head"))
        let x = Matrix<Double>(
            rowCount: 1, columnCount: 35, values: (0..<35).map { Double($0) * 0.1 - 1 })
        let found = model.probabilities(FeatureMatrix(x)).values
        let expected = [0.5510269850463891, 0.14041256437041844, 0.3085604505831923]
        #expect(model.scheme == .multinomial && model.isProbabilistic)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 } && found.count == 3)
    }
}
