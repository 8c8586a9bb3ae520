import Foundation
import TestSupport
import TextTokenizers

/// The files that Tests/Oracles/TextTokenizers/make_layouts.py wrote.
enum LayoutGolden {
    static let names = [
        "roberta", "roberta-prefix", "modernbert", "llama3", "llama2", "clip", "continued", "albert",
        "debertav3", "camembert", "first", "unsplit", "bytes", "mixed1", "mixed2", "mixed3", "mixed4",
        "normalized", "blanks",
    ]

    static func tokenizer(_ name: String) throws -> TextTokenizer {
        try TextTokenizer(
            folder: WordPieceGolden.folder.appendingPathComponent("layouts").appendingPathComponent(name))
    }

    /// A tokenizer of one `tokenizer.json`.
    static func tokenizer(json: String) throws(TokenizerError) -> TextTokenizer {
        try TextTokenizer(files: TokenizerFiles(folder: "f", contents: [.tokenizer: Array(json.utf8)]))
    }

    static func texts() throws -> [String] {
        try WordPieceGolden.rows("random.json").dropFirst().compactMap { $0[0].string }
    }
}
