import Evaluation

/// What test rows that are ratings by one person each say together, text by text.
public struct RatedRows: Codable, Equatable, Sendable {
    /// How many raters must give a label, or none, for it to be decided.
    public var minVotes: Int
    public var textCount: Int
    /// Texts with a single rating, which no other can judge or agree with.
    public var loneTextCount: Int
    /// Texts with two ratings or more on which these, all together, decide nothing.
    public var undecidedTextCount: Int
    /// Ratings of a text by somebody who rated it before; only the first counts.
    public var repeatedRatingCount: Int
    /// Ratings whose text's other ratings decide labels, by which they are judged.
    public var judgedRatingCount: Int
    /// Where a row has several labels: each of them, in the order of the label space; else none.
    public var labels: [Label]

    private enum CodingKeys: String, CodingKey {
        case labels
        case minVotes = "votes"
        case textCount = "text_count"
        case loneTextCount = "lone_text_count"
        case undecidedTextCount = "undecided_text_count"
        case repeatedRatingCount = "repeated_rating_count"
        case judgedRatingCount = "judged_rating_count"
    }

    /// How far raters agree on whether a text has a label.
    public struct Label: Codable, Equatable, Sendable {
        public var label: String
        /// Ratings that give it, of texts with two ratings or more.
        public var ratingCount: Int
        /// Absent where all of these ratings give it, or none.
        public var alpha: Double?
        /// 95%, by resampling the texts.
        public var interval: Interval?

        private enum CodingKeys: String, CodingKey {
            case label, alpha, interval
            case ratingCount = "rating_count"
        }
    }
}
