import Foundation
import Learners
import LinearAlgebra

/// A way of turning texts into features, not yet fitted: the first half of a `FeatureClassifier`.
public protocol Featurizer: Sendable {
    associatedtype Fitted: FittedFeaturizer

    /// Whether no feature is ever below 0, as counts are not.
    var isNonNegative: Bool { get }

    /// Learns what it needs from the texts of the train part alone, and gives their features. Shape: [texts, D].
    func fit(
        _ texts: [String], _ context: FitContext
    ) throws -> (featurizer: Fitted, features: FeatureMatrix)
}

/// A way of turning any texts into the same D features.
public protocol FittedFeaturizer: Sendable {
    /// What `features` may throw.
    associatedtype Failure: Error

    /// D.
    var featureCount: Int { get }

    /// The features of each text. Shape: [texts, D].
    func features(of texts: [String]) throws(Failure) -> FeatureMatrix

    /// Writes what `init(from:)` reads into an existing folder, beside `model.json` and `model.safetensors`.
    func save(to folder: URL) throws

    /// Reads what `save(to:)` wrote.
    init(from folder: URL) throws

    // MARK: What not every featurizer has

    /// The terms that the features stand for, in their order; nil, by default, where they stand for none. Shape: [D].
    var terms: [String]? { get }

    /// What the user should know of it. By default nothing.
    var notices: [String] { get }

    /// What it became, in a few words for a report. By default nil.
    var summary: String? { get }

    /// The same with the weights of its encoder in another precision; nil, by default, where it has no encoder.
    func reading(in precision: Precision) throws -> Self?
}

extension FittedFeaturizer {
    public var terms: [String]? { nil }
    public var notices: [String] { [] }
    public var summary: String? { nil }
    public func reading(in precision: Precision) throws -> Self? { nil }
}
