/// The candidate nearest to a misspelled word, if any is near: at most a third of its letters differ
/// (edit distance of Damerau's restricted kind, so that swapped neighbours cost one).
public func nearest(to word: String, in candidates: [String]) -> String? {
    // Nobody misspells a page of text.
    if word.utf8.count > 200 { return nil }
    let limit = max(1, word.count / 3)
    return
        candidates
        .map { (distance: editDistance(word.lowercased(), $0.lowercased()), name: $0) }
        .filter { $0.distance <= limit }
        .min { $0.distance < $1.distance }?
        .name
}

/// What an error says in parentheses of the name that was probably meant; empty where there is none.
package func meantHint(_ meant: String?) -> String { meant.map { " (did you mean '\($0)'?)" } ?? "" }

/// The end of a message, with the name that was probably meant, if any is near. A number is not a misspelling of another.
package func nearestHint(_ word: String, _ names: [String]) -> String {
    if Double(word) != nil { return "" }
    return nearest(to: word, in: names).map { "; did you mean '\(shown($0))'?" } ?? ""
}

package func editDistance(_ a: String, _ b: String) -> Int {
    let a = Array(a.unicodeScalars)
    let b = Array(b.unicodeScalars)
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
            row.append(best)
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
