import Bakeoff
import Synchronization

/// The bar of the contestant that is being fitted; another for each phase.
final class FitProgressDisplay: Sendable {
    private struct Phase {
        let name: String
        let bar: ProgressBar
    }

    private let current = Mutex<Phase?>(nil)

    func show(_ progress: FitProgress, of contestant: String) {
        let name = "\(contestant), \(progress.phase)"
        current.withLock { phase in
            if phase?.name != name {
                let bar = ProgressBar(label: name, unit: progress.unit, first: progress.completed)
                phase = Phase(name: name, bar: bar)
            }
            phase?.bar.show(done: progress.completed, of: progress.total, detail: progress.detail)
        }
    }

    /// Clears the line, so that something else can be written.
    func clear() {
        current.withLock { phase in
            phase?.bar.finish()
            phase = nil
        }
    }
}
