import Evaluation
import Foundation
import Labels
import Results
import SafeFiles
import TestSupport
import Testing

@Suite struct LabelNoiseTests {
    /// Sixty rows of classes a, b, c in turn; rows 7 and 20 were given the next label.
    private static let truth = (0..<60).map { $0 % 3 }
    private static let given = truth.enumerated().map { [7, 20].contains($0) ? ($1 + 1) % 3 : $1 }

    /// Predicts the truth with 0.75, but for rows that it has wrong.
    private func judge(_ id: String, wrong: [Int] = [], isProbabilistic: Bool = true) throws
        -> ScoredPredictions
    {
        let predicted = Self.truth.enumerated().map { wrong.contains($0) ? ($1 + 2) % 3 : $1 }
        return ByHand.scored(id, try ByHand.classes(Self.given, predicted), isProbabilistic: isProbabilistic)
    }

    private let folder: TemporaryFolder
    private var layout: RunLayout { RunLayout(folder.url) }

    init() throws { folder = try TemporaryFolder() }

    private func stored(_ judges: [ScoredPredictions], isWanted: Bool = true) throws -> LabelNoise? {
        try layout.storeLabelNoise(StoredPredictions(judges), isWanted: isWanted)
    }

    @Test func rowsThatMostNameAreTold() throws {
        let found = try stored([
            try judge("one"), try judge("two", wrong: [30]), try judge("three"),
            try judge("lexicon", isProbabilistic: false),
        ])
        let noise = try #require(found)
        #expect(noise.contestants.map(\.id) == ["one", "two", "three"])
        #expect(noise.rows.map(\.id).sorted() == ["r20", "r7"])
        let row = try #require(noise.rows.first { $0.id == "r7" })
        #expect(row.label == "c" && row.suggested == "b" && row.isGiven == nil)
        #expect(row.namedBy == ["one", "two", "three"] && row.selfConfidence == 0.125)
        // Two of sixty for those that know the truth.
        #expect(abs(noise.contestants[0].estimatedShare - 2.0 / 60) < 1e-12)
        #expect(noise.contestants.map(\.issueCount) == [2, 3, 2])
        let lines = try String(contentsOf: layout.labelIssues, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "contestant,id,label,suggested,self_confidence" && lines.count == 8)
        #expect(noise.sha256 == (try Fingerprint.sha256(ofFile: layout.labelIssues)))
    }

    @Test func ofSetsALabelIsOneTooManyOrMissing() throws {
        // Label a is on every even row; row 4 lacks it, row 9 has it.
        let gold = (0..<40).map { row in (row % 2 == 0) != [4, 9].contains(row) ? [0] : [] }
        let probabilities = (0..<40).map { $0 % 2 == 0 ? [0.875, 0.125, 0.125] : [0.125, 0.125, 0.125] }
        let found = try stored([ByHand.scored("one", try ByHand.sets(gold, probabilities))])
        let rows = try #require(found).rows
        #expect(
            Set(rows.map { "\($0.id) \($0.label) \($0.isGiven.map { "\($0)" } ?? "")" })
                == ["r4 a false", "r9 a true"])
        #expect(rows.allSatisfy { $0.suggested == nil })
    }

    @Test func withoutProbabilitiesThereIsNone() throws {
        let found = try stored([try judge("lexicon", isProbabilistic: false)])
        #expect(found == nil && !FileManager.default.fileExists(atPath: layout.labelIssues.path))
    }

    @Test func whatAnEarlierRunLeftIsRemoved() throws {
        let judges = [try judge("one")]
        _ = try stored(judges)
        #expect(FileManager.default.fileExists(atPath: layout.labelIssues.path))
        #expect(try stored(judges, isWanted: false) == nil)
        #expect(!FileManager.default.fileExists(atPath: layout.labelIssues.path))
    }
}
