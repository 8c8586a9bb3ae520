import Synchronization

/// Both results, computed side by side on two threads if there are two.
/// - Throws: The first's error, if both fail.
public func inParallel<A: Sendable, B: Sendable, E: Error>(
    _ first: @Sendable () throws(E) -> A, _ second: @Sendable () throws(E) -> B
) throws(E) -> (A, B) {
    let results = Mutex<(Result<A, E>?, Result<B, E>?)>((nil, nil))
    parallelBlocks(of: 2, blockSize: 1) { range in
        if range.contains(0) {
            let result = Result { () throws(E) in try first() }
            results.withLock { $0.0 = result }
        }
        if range.contains(1) {
            let result = Result { () throws(E) in try second() }
            results.withLock { $0.1 = result }
        }
    }
    guard case (let a?, let b?) = results.withLock({ $0 }) else {
        preconditionFailure("both blocks have run")
    }
    return (try a.get(), try b.get())
}
