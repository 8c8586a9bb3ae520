import Bakeoff
import Foundation


/// Times the stages between a table and a report, each by itself, and prints a JSON object a stage: rows a second,
/// round by round.
///
///     StageBench MODEL TABLE THREADS [ROUNDS]
///
/// MODEL is a folder with a WordPiece vocabulary, TABLE a TSV without header: text, label numbers joined by commas.
/// Every stage is run once before it is timed, and must give the same result in every round.
@main
struct StageBench {
    struct Stage: Encodable {
        let stage: String
        /// Rows a second. Shape: [rounds].
        let rates: [Double]
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let threads = Int(arguments[3]) else {
            FileHandle.standardError.write(Data("usage: StageBench MODEL TABLE THREADS [ROUNDS]\n".utf8))
            exit(2)
        }
        Threads.count = threads
        let rounds = arguments.count > 4 ? Int(arguments[4]) ?? 3 : 3
        let table = try Table(path: arguments[2])
        let texts = table.texts
        let tokenizer = try TextTokenizer(folder: URL(fileURLWithPath: arguments[1]))
        var options = TfidfOptions()
        options.maxFeatures = 5_000
        options.stopWords = .english
        let (vectorizer, _) = try TfidfVectorizer.fit(options, to: texts)
        let vader = Vader()

        func time<Result: Equatable>(_ stage: String, _ work: () throws -> Result) throws {
            let expected = try work()
            var rates: [Double] = []
            for _ in 0..<rounds {
                let start = DispatchTime.now().uptimeNanoseconds
                let result = try work()
                rates.append(Double(texts.count) * 1e9 / Double(DispatchTime.now().uptimeNanoseconds - start))
                guard result == expected else {
                    FileHandle.standardError.write(Data("\(stage) gave another result\n".utf8))
                    exit(1)
                }
            }
            print(
                String(decoding: try JSONEncoder().encode(Stage(stage: stage, rates: rates)), as: UTF8.self))
        }
        try time("WordPiece") { tokenizer.encode(texts, maxLength: 128).ids }
        try time("TF-IDF, vocabulary and weights") {
            try TfidfVectorizer.fit(options, to: texts).vectorizer.vocabulary
        }
        try time("TF-IDF, vectors") { vectorizer.transform(texts).values }
        try time("VADER") { vader.polarities(of: texts).map(\.compound) }
        try time("all scores of predictions") {
            Scorecard(gold: table.gold, predicted: table.gold, labelSpace: table.labelSpace)[.f1Macro]
        }
    }
}

/// Texts with sets of labels.
private struct Table {
    let texts: [String]
    let gold: Targets
    let labelSpace: LabelSpace

    init(path: String) throws {
        let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: "\t")
        }
        let sets = rows.map { row in row[1].split(separator: ",").compactMap { Int($0) } }
        let count = (sets.joined().max() ?? 0) + 1
        texts = rows.map { String($0[0]) }
        gold = .sets(IndicatorMatrix(labelCount: count, rows: sets))
        labelSpace = try LabelSpace(kind: .multilabel, names: (0..<count).map { "label \($0)" })
    }
}
