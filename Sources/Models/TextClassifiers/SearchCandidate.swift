import Learners

/// A featurizer and a learner among those of which validation chooses one.
public struct SearchCandidate: Sendable {
    /// Such as `max-features 5000, C 0.1`.
    public let name: String
    /// The place of its featurizer among those of the search, which candidates may share.
    public let featurizer: Int
    public let learner: Learner

    public init(name: String, featurizer: Int, learner: Learner) {
        self.name = name
        self.featurizer = featurizer
        self.learner = learner
    }
}
