import Foundation
import Lexicons
import Results
import SafeFiles

extension VaderLexicon {
    /// A lexicon of the user's own: token, TAB, mean valence on each line; further columns are ignored.
    public init(contentsOf file: URL) throws {
        let bytes = try InputFile(file).readToEnd()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileError.unreadable(path: file.path, reason: "it is not UTF-8 text")
        }
        try self.init(parsing: text, file: file.path)
    }
}
