/// How long texts are in the tokens of a model, and how many a greatest length would cut.
public struct TokenLengths: Codable, Equatable, Sendable {
    /// The model whose tokens these are.
    public let model: String
    /// Special tokens included.
    public let tokens: Distribution
    public let cuts: [Cut]

    public struct Cut: Codable, Equatable, Sendable {
        public let maxLength: Int
        /// Rows with more tokens.
        public let rows: Int
        public let share: Double
    }

    /// The greatest lengths that most models are given.
    public static let usualMaxLengths = [64, 128, 256, 512]

    /// - Parameter lengths: The tokens of each row.
    public init(model: String, lengths: [Int], maxLengths: [Int]) {
        self.model = model
        tokens = Distribution(lengths)
        cuts = maxLengths.map { most in
            let rows = lengths.count { $0 > most }
            return Cut(maxLength: most, rows: rows, share: Double(rows) / Double(max(1, lengths.count)))
        }
    }
}
