import Classes
import Experiments
import Foundation
import Results
import Tables
import TestSupport

/// A class that was made of one of our own corpora, for tests that only read it.
final class Classroom: Sendable {
    let folder: TemporaryFolder
    let notices: [String]

    /// - Parameters:
    ///   - recipe: Of the corpus.
    ///   - more: Further lines of the experiment file.
    init(
        _ recipe: String,
        contestants: [String] = ["{id: majority, model: dummy}", "{id: tfidf-lr, model: tfidf-logreg}"],
        split: String = "{train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}",
        more: String = "",
        key: ClassKey = .random()
    ) throws {
        folder = try TemporaryFolder()
        let file = try folder.write(
            """
            name: mood
            dataset: {recipe: \(recipe)}
            split: \(split)
            contestants: [\(contestants.joined(separator: ", "))]
            \(more)
            """, to: "mood.yaml")
        notices = try Classroom.make(file, in: folder.file("class"), key: key)
    }

    /// - Returns: What the lecturer is told.
    @discardableResult
    static func make(_ experiment: URL, in folder: URL, key: ClassKey = .random()) throws -> [String] {
        let run = RunOptions(output: folder, models: folder, command: "test", machine: .current)
        return try ClassMaker(
            ExperimentFile(contentsOf: experiment), options: ClassOptions(key: key), output: folder
        )
        .make(run: run, notify: { _ in })
    }

    /// Three contestants on three classes.
    static let sentiment = Result {
        try Classroom(
            "front-desk",
            contestants: [
                "{id: majority, model: dummy}", "{id: vader, model: vader}",
                "{id: tfidf-lr, model: tfidf-logreg}",
            ])
    }

    func secret() throws -> ClassSecret { try ClassSecret(folder.file("class/secret")) }

    /// The rows of a file of the class, without its header.
    func rows(_ name: String) throws -> [[String]] {
        var reader = try TableReader(DataFile.file(folder.file("class/\(name)")).source(), dialect: .csv)
        var rows: [[String]] = []
        while let row = try reader.next() { rows.append(row.fields) }
        return rows
    }
}
