/// Holm's step-down correction: p-values that, taken each at a level, keep the chance of any false positive below it.
///
/// The i-th smallest of m becomes the greatest of (m - j) p_j up to it, at most 1; nil stays nil and is not counted.
package func holm(_ pValues: [Double?]) -> [Double?] {
    let order = pValues.indices.filter { pValues[$0] != nil }.sorted {
        (pValues[$0] ?? 1, $0) < (pValues[$1] ?? 1, $1)
    }
    var adjusted: [Double?] = pValues.map { _ in nil }
    var greatest = 0.0
    for (rank, index) in order.enumerated() {
        greatest = max(greatest, min(1, (pValues[index] ?? 1) * Double(order.count - rank)))
        adjusted[index] = greatest
    }
    return adjusted
}
