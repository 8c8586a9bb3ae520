import Synchronization

/// A value that several threads read and change.
final class Guarded<State: Sendable>: Sendable {
    private let value: Mutex<State>

    init(_ value: State) { self.value = Mutex(value) }

    var state: State { value.withLock { $0 } }

    func update(_ change: (inout State) -> Void) { value.withLock { change(&$0) } }
}
