/// Finds the first index of a value in a list whose values change, as Python's `list.index`, in time that hardly grows with
/// the list.
package struct FirstIndices {
    /// The indices that have a value, ascending; those before `start` have it no longer.
    private struct Place {
        var indices: [Int] = []
        var start = 0
    }

    private var places: [Double: Place] = [:]
    /// The values as they are now, where they are so few that looking through them is faster than to keep their places.
    private var few: [Double] = []
    private static let fewLimit = 32

    package init(of values: [Double]) {
        if values.count <= FirstIndices.fewLimit {
            few = values
            return
        }
        for (index, value) in values.enumerated() { places[value, default: Place()].indices.append(index) }
    }

    package func first(of value: Double) -> Int? {
        if !few.isEmpty { return few.firstIndex(of: value) }
        return places[value].flatMap { $0.start < $0.indices.count ? $0.indices[$0.start] : nil }
    }

    /// Says that the first of the indices with a value has another now.
    package mutating func move(_ index: Int, from old: Double, to new: Double) {
        guard new != old, first(of: old) == index else { return }
        if !few.isEmpty {
            few[index] = new
            return
        }
        places[old]?.start += 1
        var place = places[new] ?? Place()
        places[new] = nil
        var (low, high) = (place.start, place.indices.count)
        while low < high {
            let middle = (low + high) / 2
            if place.indices[middle] < index { low = middle + 1 } else { high = middle }
        }
        place.indices.insert(index, at: low)
        places[new] = place
    }
}
