/// Each different text once, in the order of first use, and the place of every text among them.
package struct DistinctTexts {
    package private(set) var texts: [String] = []
    /// Shape: [texts of before].
    package private(set) var places: [Int] = []

    package init(_ all: [String]) {
        // As bytes, since Swift takes canonically equal texts for one.
        var known: [[UInt8]: Int] = [:]
        for text in all {
            let key = Array(text.utf8)
            let place = known[key] ?? texts.count
            if place == texts.count {
                known[key] = place
                texts.append(text)
            }
            places.append(place)
        }
    }
}
