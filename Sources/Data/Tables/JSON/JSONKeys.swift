/// The keys of JSON objects that are asked for; inside another object, both names joined by `.`.
package struct JSONKeys {
    /// Where each key's cell stands.
    let places: [String: Int]
    /// The names of objects that hold some of them.
    let parents: Set<String>
    /// Whether values that are no cells, such as objects in arrays, count as missing and are no errors.
    var passesOverOddValues = false
    /// How many keys there are.
    var count: Int { places.count }

    /// - Precondition: The keys are unique.
    package init(_ keys: [String]) {
        places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
        var parents = Set<String>()
        for key in keys {
            var end = key.startIndex
            while let dot = key[end...].firstIndex(of: ".") {
                parents.insert(String(key[..<dot]))
                end = key.index(after: dot)
            }
        }
        self.parents = parents
    }
}
