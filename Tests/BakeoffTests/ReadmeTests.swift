import Bakeoff
import Foundation
import Testing

/// The README's example of the library does what its comment says.
@Suite struct ReadmeTests {
    @Test func theExampleGivesWhatItSays() throws {
        let print = { (value: Any) in #expect("\(value)" == "1.0") }
        let labels = try LabelSpace(kind: .binary, names: ["ham", "spam"])
        let texts = ["win a free prize now", "see you at nine", "free entry, win now", "lunch at nine?"]
        let model = try TfidfClassifier().fit(texts, .classes([1, 0, 1, 0]), labelSpace: labels)
        let probabilities = model.probabilities(of: ["a free prize", "at nine then"])
        let predicted = probabilities.decisions(kind: .binary)
        let scores = Scorecard(gold: .classes([1, 0]), predicted: predicted, labelSpace: labels)
        print(scores[.f1] ?? "n/a")  // 1.0
    }

    @Test func thisIsTheCodeOfTheReadme() throws {
        let file = URL(fileURLWithPath: #filePath)
        let readme = try String(
            contentsOf: file.deletingLastPathComponent().appendingPathComponent("../../README.md"),
            encoding: .utf8)
        let lines = Set(
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .map { $0.trimmingCharacters(in: .whitespaces) })
        let example = try #require(
            readme.split(separator: "```swift\n").dropFirst().first?.split(separator: "```").first)
        for line in example.split(separator: "\n") { #expect(lines.contains(String(line)), "\(line)") }
    }
}
