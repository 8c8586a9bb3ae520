import Dispatch

/// Does what models have to do one after another, apart from the threads that serve: each model uses all cores already.
struct ModelQueue: Sendable {
    private let queue = DispatchQueue(label: "models", qos: .userInitiated)

    func callAsFunction<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
