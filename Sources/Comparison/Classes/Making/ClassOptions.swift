/// What is chosen when a class is made, besides its experiment.
public struct ClassOptions: Sendable {
    public static let defaultPublicShare = 0.5

    /// The share of the test rows by which the board scores entries while the class goes on; the others decide in the end.
    public var publicShare = defaultPublicShare
    /// How many standard errors an entry must be ahead of the best before it for its score to be shown.
    public var step = Ladder.defaultStep
    /// What new ids and the choice of the public rows follow from.
    public var key: ClassKey

    public init(key: ClassKey = .random()) {
        self.key = key
    }
}
