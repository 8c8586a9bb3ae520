import DeterministicWork
import Labels

/// Divides rows into k folds of about N / k rows, every label with about the same share in each.
///
/// Classes are stratified to within one row of each fold's share; sets of labels iteratively.
///
/// - Parameters:
///   - targets: What each of N rows is labelled.
///   - labelCount: K, the number of labels.
/// - Returns: The fold of each row, in 0..<k. Shape: [N].
/// - Throws: `SplitError.badFolds` when k is less than 2 or more than N.
public func kFolds(
    _ targets: Targets, labelCount: Int, k: Int, seed: UInt64
) throws(SplitError) -> [Int] {
    guard k >= 2, k <= targets.count else { throw .badFolds(folds: k, rows: targets.count) }
    let weights = Array(repeating: 1, count: k)
    var random = RandomStream(seed: seed, for: .folds)
    switch targets {
    case .classes(let classes):
        return stratifiedDeal(classes, weights: weights, random: &random)
    case .sets(let matrix):
        return IterativeStratification(matrix, weights: weights, random: random).bins
    }
}
