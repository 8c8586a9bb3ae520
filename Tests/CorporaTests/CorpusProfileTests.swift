import Corpora
import Foundation
import Labels
import Testing

@Suite struct CorpusProfileTests {
    private func corpus() throws -> Corpus {
        Corpus(
            ids: (0..<7).map(String.init),
            texts: ["Good day", "good  DAY", "no", "no", "Good day", "été\n😀 ok", "no"],
            targets: .sets(IndicatorMatrix(labelCount: 3, rows: [[0], [0], [1], [0, 1], [0], [], [1]])),
            labelSpace: try LabelSpace(kind: .multilabel, names: ["joy", "fear", "anger"]),
            officialParts: [.train, .train, .train, .train, .validation, .test, .test], fingerprint: "abc",
            missingValues: MissingValues(texts: 0, labels: 2))
    }

    @Test func counts() throws {
        let profile = try CorpusProfile(corpus())
        #expect(profile.rowCount == 7 && profile.droppedRowCount == 2)
        #expect(profile.parts.map(\.rows) == [4, 1, 2])
        #expect(profile.labels.map(\.rows) == [4, 3, 0] && profile.labels[0].share == 4.0 / 7)
        #expect(profile.labelsPerRow.map { [$0.labels, $0.rows] } == [[0, 1], [1, 5], [2, 1]])
        #expect(profile.words == Distribution([2, 2, 1, 1, 2, 3, 1]))
        #expect(profile.characters == Distribution([8, 9, 2, 2, 8, 8, 2]))
    }

    @Test func duplicatesConflictsAndLeaks() throws {
        let profile = try CorpusProfile(corpus())
        #expect(
            profile.duplicateRows == 2 && profile.duplicateTexts == 3 && profile.duplicateNormalizedTexts == 4
        )
        #expect(profile.conflictingTexts == 1 && profile.conflictingRows == 3)
        #expect(profile.leaks.map(\.from) == [.train, .train, .validation])
        #expect(profile.leaks.map(\.into) == [.validation, .test, .test])
        #expect(profile.leaks.map(\.rows) == [1, 1, 0])
    }

    /// NumPy: np.percentile([1, 2, 3, 4, 10], [50, 95]) = [3, 8.8]; np.median([1, 2]) = 1.5.
    @Test func distribution() {
        let five = Distribution([10, 2, 1, 4, 3])
        #expect(five.minimum == 1 && five.maximum == 10 && five.median == 3 && five.mean == 4)
        #expect(abs(five.percentile95 - 8.8) < 1e-12)
        #expect(Distribution([2, 1]).median == 1.5 && Distribution([]).maximum == 0)
    }

    @Test func profileSurvivesJSON() throws {
        let profile = try CorpusProfile(corpus())
        #expect(try JSONDecoder().decode(CorpusProfile.self, from: JSONEncoder().encode(profile)) == profile)
    }

    @Test func text() throws {
        let expected = """
            7 rows, 3 labels (multilabel)
            SHA-256 abc
            2 rows were left out: their text or label is missing (0 without text, 2 without label)

            Official parts
              train       4  57.14%
              validation  1  14.29%
              test        2  28.57%

            Labels
              joy    4  57.14%
              fear   3  42.86%
              anger  0   0.00%

            Labels per row
              0  1  14.29%
              1  5  71.43%
              2  1  14.29%

            Labels that occur together
              joy, fear  1  14.29%

            Length of texts
                          min  median  mean  95%  max
              words         1     2.0  1.71  2.7    3
              characters    2     8.0  5.57  8.7    9

            Duplicates
              rows that repeat an earlier text and its labels     2
              rows that repeat an earlier text                    3
              ... in any case and spacing                         4
              ... or nearly (0.8 of the runs of five characters)  4
              texts with different labels (any case and spacing)  1
              ... rows with such a text                           3

            Leaks between parts (rows whose text stands in another part, in any case and spacing)
              validation rows known from train         1
              test rows known from train               1
              test rows known from validation          0
              validation rows nearly known from train  0
              test rows nearly known from train        0

            Examples
              joy:   0  Good day
              fear:  2  no

            """
        #expect(try CorpusProfile(corpus()).text == expected)
    }
}
