import Bakeoff
import Foundation

extension FuzzTarget {
    /// Inputs of one size, and ten times that: no reader may need thirty times as long.
    static let growth = FuzzTarget(
        name: "growth",
        prepare: { folder, runs in
            try copy(runs.appendingPathComponent("encoder").path, to: folder)
            try copy(runs.appendingPathComponent("models/o/fine").path, to: folder, as: "saved")
        }, draw: { _, _ in },
        run: { folder, drawn in
            var random = drawn
            // Drawn, and not in turn, so that any part of the inputs has all kinds.
            let one = random.pick(from: GrowthCase.all)
            let size = one.size / 2 + random.pick(one.size)
            note("at \(one.name), \(size)")
            let (short, shortAnswer) = try one.seconds(folder, size)
            let (long, longAnswer) = try one.seconds(folder, 10 * size)
            // Less is nobody's trouble.
            if long > 3, long > 30 * short {
                throw Finding(.hang, "\(one.name): \(size) \(short) s, \(10 * size) \(long) s")
            }
            if shortAnswer == nil, let longAnswer { throw longAnswer }
            if let shortAnswer { throw shortAnswer }
        })
}

/// An input whose size can be chosen, and its reader.
struct GrowthCase: Sendable {
    let name: String
    /// About the smaller of the two.
    let size: Int
    let write: @Sendable (_ folder: URL, _ size: Int) throws -> Void
    let read: @Sendable (_ folder: URL) throws -> Void

    func seconds(_ folder: URL, _ size: Int) throws -> (Double, (any Error)?) {
        try write(folder, size)
        let start = clock()
        var answer: (any Error)?
        do { try read(folder) } catch { answer = error }
        // What others do with the machine does not count.
        return (Double(clock() - start) / Double(CLOCKS_PER_SEC), answer)
    }

    static let all: [GrowthCase] = [
        table("keys of a JSON line", 5000, "jsonl") { n in
            "{\"text\": \"a\", \"label\": \"x\"" + (0..<n).map { ", \"k\($0)\": \($0)" }.joined() + "}\n"
        },
        table("columns", 2000, "csv") { n in
            let more = (0..<n).map { ",c\($0)" }.joined()
            return "text,label\(more)\na b,x\(more)\nb c,y\(more)\n"
        },
        table("classes", 1000, "csv") { n in "text,label\n" + (0..<n).map { "text \($0),l\($0)\n" }.joined()
        },
        table("rows of few classes", 4000, "csv") { n in
            "text,label\n" + (0..<n).map { "text \($0),\($0 % 3)\n" }.joined()
        },
        table("the same text", 4000, "csv") { n in
            "text,label\n" + (0..<n).map { "the room was good,\($0 % 3)\n" }.joined()
        },
        table("nearly the same text", 1500, "csv") { n in
            "text,label\n"
                + (0..<n).map { "thank you for your message number \($0) about the room,\($0 % 3)\n" }
                .joined()
        },
        table("words of one text", 20_000, "csv") { n in
            "text,label\n" + (0..<n).map { "w\($0 % 977) " }.joined() + ",x\nb,y\n"
        },
        table("one word", 100_000, "csv") { n in "text,label\n\(String(repeating: "a", count: n)),x\nb,y\n" },
        table("quotes", 50_000, "csv") { n in
            "text,label\n\"\(String(repeating: "\"\"", count: n))\",x\nb,y\n"
        },
        table("an open quote", 50_000, "csv") { n in "text,label\n\"\(String(repeating: "a,b\n", count: n))"
        },
        table("labels of a cell", 2000, "csv", "{kind: multilabel, column: label, separator: \"|\"}") { n in
            "text,label\na,\((0..<n).map { "l\($0)" }.joined(separator: "|"))\nb,l0\n"
        },
        table("label sets", 300, "csv", "{kind: multilabel, column: label, separator: \"|\"}") { n in
            "text,label\n" + (0..<n).map { "text \($0),l\($0)|l\($0 / 2)|l\($0 / 3)\n" }.joined()
        },
        table("nested levels", 2000, "jsonl") { n in
            "{\"text\": \"a\", \"label\": \"x\", \"more\": \(String(repeating: "[", count: n))\(String(repeating: "]", count: n))}\n"
        },
        table("escapes", 20_000, "jsonl") { n in
            "{\"text\": \"\(String(repeating: "\\u00e9\\n", count: n))\", \"label\": \"x\"}\n"
        },
        table("combining marks", 20_000, "csv") { n in
            "text,label\na\(String(repeating: "\u{301}", count: n)),x\nb,y\n"
        },
        GrowthCase(
            name: "columns for init", size: 300,
            write: { folder, n in
                let head = (0..<n).map { ",c\($0)" }.joined()
                let rows = (0..<30).map { row in
                    "the room \(row) was fine,\(row % 2)" + (0..<n).map { ",\($0 * row % 7)" }.joined()
                }
                try writeText("text,label\(head)\n\(rows.joined(separator: "\n"))\n", folder, "g.csv")
            }, read: { _ = try ExperimentDraft(of: "g.csv", folder: $0) }),
        GrowthCase(
            name: "rows for init", size: 2000,
            write: { folder, n in
                try writeText(
                    "text,label,stars\n"
                        + (0..<n).map { "the room \($0) was fine,l\($0 % 5),\($0)\n" }.joined(), folder,
                    "g.csv")
            }, read: { _ = try ExperimentDraft(of: "g.csv", folder: $0) }),
        GrowthCase(
            name: "contestants", size: 200,
            write: { folder, n in
                let lines = (0..<n).map { "  - {id: c\($0), model: dummy}\n" }.joined()
                try writeText(
                    "name: g\ndataset: {file: a.csv, columns: {text: text}, labels: {column: label}}\ncontestants:\n\(lines)",
                    folder,
                    "g.yaml")
            }, read: { _ = try ExperimentFile(contentsOf: $0.appendingPathComponent("g.yaml")) }),
        GrowthCase(
            name: "keys of YAML", size: 2000,
            write: { folder, n in
                let keys = (0..<n).map { "k\($0): 1" }.joined(separator: ", ")
                try writeText(
                    "name: g\ndataset: {file: a.csv, columns: {text: text}, labels: {column: label, rename: {\(keys)}}}\ncontestants: [{id: c, model: dummy}]\n",
                    folder, "g.yaml")
            }, read: { _ = try ExperimentFile(contentsOf: $0.appendingPathComponent("g.yaml")) }),
        GrowthCase(
            name: "entries of a lexicon", size: 20_000,
            write: { folder, n in try writeText((0..<n).map { "w\($0)\t1.0\n" }.joined(), folder, "g.txt") },
            read: { _ = try VaderLexicon(contentsOf: $0.appendingPathComponent("g.txt")) }),
        GrowthCase(
            name: "words for VADER", size: 5000,
            write: { folder, n in
                try writeText(String(repeating: "very GOOD but not bad!!! ", count: n), folder, "g.txt")
            },
            read: { folder in
                let text = try String(contentsOf: folder.appendingPathComponent("g.txt"), encoding: .utf8)
                _ = Vader(variant: .upstream).polarities(of: [text])
            }),
        GrowthCase(
            name: "rows to score", size: 3000,
            write: { folder, n in
                try writeText("id,gold\n" + (0..<n).map { "\($0),l\($0 % 7)\n" }.joined(), folder, "t.csv")
                try writeText(
                    "id,predicted\n" + (0..<n).reversed().map { "\($0),l\($0 % 5)\n" }.joined(), folder,
                    "p.csv")
            },
            read: scoreWritten),
        GrowthCase(
            name: "labels to score", size: 150,
            write: { folder, n in
                try writeText("id,gold\n" + (0..<n).map { "\($0),l\($0)\n" }.joined(), folder, "t.csv")
                try writeText(
                    "id,predicted\n" + (0..<n).map { "\($0),l\($0 / 2)\n" }.joined(), folder, "p.csv")
            },
            read: scoreWritten),
        GrowthCase(
            name: "letters to tokenize", size: 50_000,
            write: { folder, n in
                try writeText(
                    String(repeating: "ab", count: n) + String(repeating: " a\u{301}", count: n), folder,
                    "g.txt")
            },
            read: { folder in
                let text = try String(contentsOf: folder.appendingPathComponent("g.txt"), encoding: .utf8)
                let encoder = try TextEncoder(folder: folder.appendingPathComponent("encoder"))
                _ = encoder.tokenizer.encode([text], maxLength: 16)
            }),
        GrowthCase(
            name: "added tokens", size: 500,
            write: { folder, n in
                let file = folder.appendingPathComponent("saved/tokenizer.json")
                var object =
                    try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
                let kept = (object["added_tokens"] as? [[String: Any]] ?? []).prefix(5)
                object["added_tokens"] =
                    kept
                    + (0..<n).map {
                        [
                            "id": 9, "content": "<extra\($0)>", "single_word": false, "lstrip": false,
                            "rstrip": false,
                            "normalized": false, "special": true,
                        ]
                    }
                try JSONSerialization.data(withJSONObject: object).write(to: file)
            },
            read: { folder in
                let encoder = try TextEncoder(folder: folder.appendingPathComponent("saved"))
                _ = encoder.tokenizer.encode([String(repeating: "a <extra7> ", count: 1000)], maxLength: 16)
            }),
    ]

    /// A data file that is loaded, cleaned of nothing, and described.
    private static func table(
        _ name: String, _ size: Int, _ ending: String, _ labels: String = "{column: label}",
        _ text: @escaping @Sendable (Int) -> String
    ) -> GrowthCase {
        GrowthCase(
            name: name, size: size,
            write: { folder, n in
                try writeText(text(n), folder, "g.\(ending)")
                try writeText(
                    """
                    name: g
                    dataset: {file: g.\(ending), columns: {text: text}, labels: \(labels)}
                    contestants: [{id: m, model: dummy}]

                    """, folder, "g.yaml")
            },
            read: { folder in
                let file = try ExperimentFile(contentsOf: folder.appendingPathComponent("g.yaml"))
                for task in file.tasks {
                    let corpus = try task.dataset.load(cache: folder.appendingPathComponent("cache")).corpus
                    _ = CorpusProfile(corpus).text
                    _ = try? SplitPlan.usual.split(corpus.targets, labels: corpus.labelSpace)
                }
            })
    }
}

/// `write`, where a member of that name hides it.
private func writeText(_ text: String, _ folder: URL, _ name: String) throws {
    try write(text, to: folder, name)
}

/// Scores the predictions of `p.csv` by the labels of `t.csv`.
@Sendable private func scoreWritten(_ folder: URL) throws {
    _ = try scorePredictions(
        truth: folder.appendingPathComponent("t.csv").path,
        predictions: folder.appendingPathComponent("p.csv").path, kind: nil, labels: nil)
}
