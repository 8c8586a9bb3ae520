/// Runs of neighbours in a ranking no two of which can be told apart, as long as possible, of two or more places.
///
/// - Parameter areApart: Whether the contestants at two places differ.
/// - Returns: Ranges of places from 0; they may overlap.
package func tieGroups(count: Int, areApart: (Int, Int) -> Bool) -> [ClosedRange<Int>] {
    var groups: [ClosedRange<Int>] = []
    for first in 0..<count {
        var last = first
        while last + 1 < count, (first...last).allSatisfy({ !areApart($0, last + 1) }) { last += 1 }
        if last > first, groups.last.map({ $0.upperBound < last }) ?? true { groups.append(first...last) }
    }
    return groups
}
