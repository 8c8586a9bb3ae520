/// A promise of `TextClassifier` and `FittedTextClassifier` that a classifier does not keep.
public struct ConformanceViolation: Equatable, Sendable {
    /// What every text classifier promises.
    public enum Promise: String, Sendable, CaseIterable {
        /// It works with one kind of labels at least: two classes, several, or sets.
        case someLabels
        /// It fits what its checks let through.
        case fits
        /// It gives a number from 0 to 1 for each text and label, of one class a row a distribution; 0 and 1 if it is not
        /// probabilistic.
        case probabilities
        /// The same texts, labels and seed give the same bytes.
        case repeatable
        /// So they do at 1, 2 and 3 threads.
        case threads
        /// What is saved and read back gives the same bytes.
        case saving
        /// Empty texts are texts, and no text at all gives no row.
        case emptyTexts
        /// A class that no row of train has, and a train part of one row, are learnt from or refused with an error.
        case scarceRows
        /// Once it is asked to stop it throws `RunStopped`, and goes on to the same bytes.
        case stopping
        /// Explanations name labels of the task, and their scores are what they add up to.
        case explanations
        /// Several tasks give one fitted classifier each, in their order.
        case tasks
    }

    public let promise: Promise
    /// Which labels it was tried with, such as `binary`.
    public let labels: String
    /// What was found.
    public let found: String
}

extension ConformanceViolation: CustomStringConvertible {
    public var description: String { "\(promise.rawValue), \(labels): \(found)" }
}
