import Foundation
import SafeFiles

extension VaderLexicon {
    /// A lexicon of the user's own: token, TAB, mean valence on each line; further columns are ignored.
    public init(contentsOf file: URL) throws {
        try self.init(parsing: InputFile.text(of: file), file: file.path)
    }
}
