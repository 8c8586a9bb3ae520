import Bakeoff
import CPeaks
import Foundation
import Synchronization

/// The most multiplications and additions that the CPU does in a second, in registers alone.
enum PeakRate {
    private static let seconds = 0.5

    /// Billions a second on all `threads` together; nil where the CPU has no instruction for numbers of this precision.
    static func measure(_ precision: Precision, threads: Int) -> Double? {
        let rates = Mutex<[Double]>([])
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            let rate =
                switch precision {
                case .f32: peak_f32(seconds)
                case .bf16: peak_bf16(seconds)
                case .int8: peak_int8(seconds)
                }
            rates.withLock { $0.append(rate) }
        }
        let total = rates.withLock { $0.reduce(0, +) }
        return total > 0 ? total : nil
    }
}
