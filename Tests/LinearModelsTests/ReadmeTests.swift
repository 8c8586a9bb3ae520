import Evaluation
import Labels
import LinearModels
import Testing

/// The library example of the README.
@Test func readmeExample() throws {
    let labels = try LabelSpace(kind: .binary, names: ["ham", "spam"])
    let texts = ["win a free prize now", "see you at nine", "free entry, win now", "lunch at nine?"]
    let model = try TfidfClassifier().fit(texts, .classes([1, 0, 1, 0]), labelSpace: labels)
    let probabilities = model.probabilities(of: ["a free prize", "at nine then"])
    let predicted = probabilities.decisions(kind: .binary)
    let scores = Scorecard(gold: .classes([1, 0]), predicted: predicted, labelSpace: labels)
    #expect(scores[.f1] == 1.0)
}
