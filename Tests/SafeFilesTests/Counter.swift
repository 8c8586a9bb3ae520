import Synchronization

/// A number that several threads change.
final class Counter: Sendable {
    private let count = Mutex(0)

    /// - Returns: The sum.
    @discardableResult func add(_ number: Int) -> Int {
        count.withLock {
            $0 += number
            return $0
        }
    }

    var value: Int { count.withLock { $0 } }
}
