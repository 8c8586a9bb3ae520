import Synchronization

/// Collects what parallel work found for each of several models.
final class Results: Sendable {
    private let found: Mutex<[(loss: Double, products: [Double])]>

    init(count: Int) { found = Mutex(Array(repeating: (loss: .nan, products: []), count: count)) }

    func set(_ model: Int, _ loss: Double, _ products: [Double]) {
        found.withLock { $0[model] = (loss, products) }
    }

    var all: [(loss: Double, products: [Double])] { found.withLock { $0 } }
}
