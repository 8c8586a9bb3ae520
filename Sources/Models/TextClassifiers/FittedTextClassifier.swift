import Foundation
import Labels
import LinearAlgebra

/// A text classifier that has learnt a task and can predict.
public protocol FittedTextClassifier: Sendable {
    /// False if it decides without probabilities; those it gives are then 0 and 1.
    var isProbabilistic: Bool { get }

    /// The probability of each of K labels. Shape: [texts, K].
    func probabilities(of texts: [String]) throws -> Probabilities

    /// Writes what `init(from:labelSpace:)` reads into an existing folder.
    func save(to folder: URL) throws

    /// Reads what `save(to:)` wrote: the same probabilities, to the bit.
    init(from folder: URL, labelSpace: LabelSpace) throws

    // MARK: What not every classifier has

    /// What the user should know of the fitting, such as a solver that did not converge. By default nothing.
    var notices: [String] { get }

    /// What it became, in words for a report, where that is more than its options say, such as the terms that there were
    /// rather than the most that were allowed. By default nil.
    var summary: String? { get }

    /// The numbers that fitting chose; nil, by default, where nothing is fitted or nobody knows.
    var parameterCount: Int? { get }

    /// What drove the prediction for a text; nil, by default, for a classifier that cannot tell.
    func explanation(of text: String) throws -> Explanation?

    /// The same of these labels alone, where to tell of each takes its time; others may be told too. By default all are.
    func explanation(of text: String, for labels: ExplainedLabels) throws -> Explanation?

    /// The terms that speak most for each label; nil, by default, for a classifier without terms.
    func topTerms(_ count: Int) -> [TopTerms]?

    /// The same with the weights of its encoder in another precision; nil, by default, for a classifier without an encoder.
    ///
    /// What it saves is what those weights stand for.
    func predicting(in precision: Precision) throws -> (any FittedTextClassifier)?

    /// What it used outside this process so far, while it was fitted and since; nil, by default, where everything happens in
    /// this one.
    var outsideUse: OutsideUse? { get }

    /// Its predictions by the ids of rows; nil, by default, for a classifier of texts.
    var byID: (any PredictsByID)? { get }
}

extension FittedTextClassifier {
    public var notices: [String] { [] }
    public var summary: String? { nil }
    public var parameterCount: Int? { nil }
    public func explanation(of text: String) throws -> Explanation? { nil }
    public func explanation(of text: String, for labels: ExplainedLabels) throws -> Explanation? {
        try explanation(of: text)
    }
    public func topTerms(_ count: Int) -> [TopTerms]? { nil }
    public func predicting(in precision: Precision) throws -> (any FittedTextClassifier)? { nil }
    public var outsideUse: OutsideUse? { nil }
    public var byID: (any PredictsByID)? { nil }
}
