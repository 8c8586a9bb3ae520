extension VaderLexiconError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty(let file):
            "\(file): no entries; expected lines of a token, a tab and its rating"
        case .missingValence(let file, let line, let found):
            "\(file):\(line): found '\(found.prefix(50))', expected a token, a tab and its rating"
        case .badValence(let file, let line, let token, let found):
            "\(file):\(line): rating of '\(token.prefix(50))': found '\(found.prefix(50))', expected a number from "
                + "-\(VaderLexicon.greatestValence) to \(VaderLexicon.greatestValence)"
        }
    }
}
