/// What can go wrong with linear models.
public enum LinearModelError: Error, Equatable, Sendable {
    case rowCountsDiffer(texts: Int, targets: Int)
    /// There is nothing to learn from.
    case noRows
    /// A feature is infinite or no number.
    case nonFiniteFeature(row: Int, column: Int)
    /// A feature is below 0 where only counts will do.
    case negativeFeature(row: Int, column: Int)
    /// More columns of sparse features than Newton's method is used for.
    case tooManyColumns(Int, most: Int)
    /// The loss or the weights of a head that is trained by steps are infinite or not a number.
    case diverged(epoch: Int, learningRate: Double)
    /// Fewer rows of train than are to vote.
    case tooFewNeighbors(wanted: Int, rows: Int)
    /// Fewer rows of train than a method needs.
    case tooFewRows(wanted: Int, rows: Int, for: String)
    /// A method of sets of labels where a row has one.
    case onlyForSets(String)
    /// A chain whose order does not name each of these labels once.
    case badChain([String])
    /// A learner that gives no linear model, where one is needed.
    case notLinear(String)
    /// A method that needs probabilities, of a learner that has none.
    case noProbabilities(String)
    /// A saved model that cannot be one of ours.
    case badModel(file: String, reason: String)
}
