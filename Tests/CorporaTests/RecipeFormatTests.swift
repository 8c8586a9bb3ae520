import Corpora
import Foundation
import Recipes
import SafeFiles
import Tables
import Testing

/// Datasets in the forms of public ones, made from our own corpus, read by the recipes as they stand.
@Suite struct RecipeFormatTests {
    private struct Message {
        let id: String
        let text: String
        let spam: Bool
        let sentiment: String
        let emotions: Set<String>
    }

    private static func messages() throws -> [Message] {
        let file = datasets.appendingPathComponent("front-desk/messages.csv")
        var reader = try TableReader(ByteSource(file), dialect: .csv)
        var messages: [Message] = []
        while let row = try reader.next() {
            messages.append(
                Message(
                    id: row[0], text: row[1], spam: row[2] == "spam", sentiment: row[3],
                    emotions: Set(row[4].split(separator: "|").map(String.init))))
        }
        return messages
    }

    /// What a recipe reads from a folder.
    private func load(
        _ name: String, _ folder: TestFolder, cleaning: Cleaning = Cleaning()
    ) throws -> Corpus {
        let recipes = try RecipeBook(folders: [datasets]).all()
        let recipe = try #require(recipes.first { $0.name == name })
        let dataset = try #require(recipe.dataset)
        return try loadCorpus(DatasetSchema(setting: dataset, folder: folder.url), cleaning: cleaning)
    }

    private static let semEvalLabels = [
        "anger", "anticipation", "disgust", "fear", "joy", "love", "optimism", "pessimism", "sadness",
        "surprise", "trust",
    ]

    private func semEval(_ messages: some Sequence<Message>, isLabelled: Bool = true) -> String {
        "ID\tTweet\t\(Self.semEvalLabels.joined(separator: "\t"))\r\n"
            + messages.map { message in
                let cells = Self.semEvalLabels.map {
                    isLabelled ? (message.emotions.contains($0) ? "1" : "0") : "NONE"
                }
                // Texts are neither quoted nor escaped; tabs and line ends are not in them.
                let text = message.text.replacing("\t", with: " ").replacing("\n", with: " ")
                return "2018-En-\(message.id)\t\(text)\t\(cells.joined(separator: "\t"))\r\n"
            }.joined()
    }

    @Test func semEval() throws {
        let all = try Self.messages()
        let folder = try TestFolder([
            "2018-E-c-En-train.txt": semEval(all[..<600]),
            "2018-E-c-En-dev.txt": semEval(all[600..<700]),
            "2018-E-c-En-test-gold.txt": semEval(all[700...]),
        ])
        let corpus = try load("semeval-2018-ec", folder)
        #expect(corpus.count == all.count && corpus.labelSpace.names == Self.semEvalLabels)
        #expect(corpus.labelSpace.kind == .multilabel && corpus.ids[0] == "2018-En-\(all[0].id)")
        for (row, message) in all.enumerated() {
            let names = corpus.targets.labels(ofRow: row).map { Self.semEvalLabels[$0] }
            #expect(Set(names) == message.emotions.intersection(Self.semEvalLabels))
        }
        #expect(corpus.officialParts?.count { $0 == .validation } == 100)

        // The test as it was first released.
        try folder.write(Array(semEval(all[700...], isLabelled: false).utf8), to: "2018-E-c-En-test-gold.txt")
        #expect(throws: CorpusError.self) { try load("semeval-2018-ec", folder) }
        var cleaning = Cleaning()
        cleaning.missing = .dropped
        #expect(
            throws: CorpusError.noRows(
                file: folder.url.path + "/2018-E-c-En-test-gold.txt",
                missing: MissingValues(texts: 0, labels: all.count - 700))
        ) {
            try load("semeval-2018-ec", folder, cleaning: cleaning)
        }
        try folder.write(
            Array(
                (semEval(all[700..<800])
                    + semEval(all[800...], isLabelled: false)
                    .split(separator: "\r\n").dropFirst().map { $0 + "\r\n" }.joined()).utf8),
            to: "2018-E-c-En-test-gold.txt")
        let rest = try load("semeval-2018-ec", folder, cleaning: cleaning)
        #expect(rest.count == 800 && rest.droppedRowCount == all.count - 800)
    }

    @Test(arguments: [
        ("emotion", ["anger", "joy", "optimism", "sadness"]), ("hate", ["not-hate", "hate"]),
        ("irony", ["non_irony", "irony"]), ("offensive", ["not-offensive", "offensive"]),
    ])
    func tweetEval(task: String, names: [String]) throws {
        let all = try Self.messages()
        func label(_ message: Message) -> Int {
            names.count == 2 ? (message.spam ? 1 : 0) : message.text.utf8.count % 4
        }
        var files = ["mapping.txt": names.enumerated().map { "\($0)\t\($1)\n" }.joined()]
        for (part, rows) in [("train", all[..<800]), ("val", all[800..<1000]), ("test", all[1000...])] {
            files["\(part)_text.txt"] = rows.map { $0.text.replacing("\n", with: " ") + " \n" }.joined()
            files["\(part)_labels.txt"] = rows.map { "\(label($0))\n" }.joined()
        }
        let corpus = try load("tweeteval-\(task)", try TestFolder(files))
        #expect(corpus.labelSpace.names == names && corpus.targets == .classes(all.map(label)))
        #expect(corpus.officialParts?.count { $0 == .test } == all.count - 1000)
        #expect(corpus.labelSpace.kind == (names.count == 2 ? .binary : .multiclass))
    }

    private static let goEmotionsLabels = [
        "admiration", "amusement", "anger", "annoyance", "approval", "caring", "confusion", "curiosity",
        "desire", "disappointment", "disapproval", "disgust", "embarrassment", "excitement", "fear",
        "gratitude", "grief", "joy", "love", "nervousness", "optimism", "pride", "realization", "relief",
        "remorse", "sadness", "surprise", "neutral",
    ]

    @Test func rawGoEmotions() throws {
        let all = try Self.messages()
        let names = Self.goEmotionsLabels
        // Three files, two raters a message, floats and a gap in the first, flags as Python writes them.
        func file(_ rows: ArraySlice<Message>, floats: Bool) -> String {
            "text,id,author,subreddit,link_id,parent_id,created_utc,rater_id,example_very_unclear,"
                + names.joined(separator: ",") + "\n"
                + rows.enumerated().flatMap { number, message in
                    (0..<2).map { rater in
                        let isUnclear = number % 10 == 3 && rater == 1
                        var cells = names.map { name in
                            let value = !isUnclear && message.emotions.contains(name) ? "1" : "0"
                            return floats ? value + ".0" : value
                        }
                        if floats && number == 0 && rater == 0 { cells[20] = "" }
                        let meta = [
                            message.text, message.id, "someone", "front-desk", "t3", "t1", "1548381039.0",
                            "\(rater)", isUnclear ? "TRUE" : "FALSE",
                        ]
                        return csvLine(meta + cells)
                    }
                }.joined()
        }
        let folder = try TestFolder([
            "goemotions_1.csv": file(all[..<400], floats: true),
            "goemotions_2.csv": file(all[400..<800], floats: false),
            "goemotions_3.csv": file(all[800...], floats: false),
        ])
        #expect(throws: CorpusError.self) { try load("goemotions-raw", folder) }
        var cleaning = Cleaning()
        cleaning.missing = .dropped
        cleaning.flagColumns = ["example_very_unclear"]
        let corpus = try load("goemotions-raw", folder, cleaning: cleaning)
        let unclear = 40 + 40 + (all.count - 800) / 10
        #expect(corpus.count == 2 * all.count - 1 - unclear && corpus.labelSpace.names == names)
        #expect(corpus.cleaning.dropped.map(\.count) == [unclear, 1])
        #expect(corpus.ids[0] == "goemotions_1/1" && corpus.groups?[0] == all[0].id)
        #expect(corpus.groups.map { Set($0).count } == all.count)
    }
}
