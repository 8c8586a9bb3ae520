import Results
import Synchronization

/// Adds up the work that was taken from a store instead of being done, until somebody takes the sum.
package final class KeptWorkMeter: Sendable {
    private let sum = Mutex<KeptWork?>(nil)

    package init() {}

    package func add(_ work: KeptWork) {
        sum.withLock { $0 = $0.map { $0 + work } ?? work }
    }

    /// What there was since it was taken last; nil for none.
    package func take() -> KeptWork? {
        sum.withLock { sum in
            defer { sum = nil }
            return sum
        }
    }
}
