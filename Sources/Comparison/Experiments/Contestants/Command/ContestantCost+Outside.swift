import Foundation
import Results
import TextClassifiers

extension ContestantCost {
    /// Adds what happened outside this process.
    mutating func add(_ use: OutsideUse) {
        peakMemoryBytes = max(peakMemoryBytes, use.peakMemoryBytes)
        if !use.reported.isEmpty { reported = use.reported }
    }
}

/// CPU seconds that the processes used which this one started and which have ended, with what they started themselves.
func childrenCPUSeconds() -> Double {
    var ticks = tms()
    times(&ticks)
    return Double(ticks.tms_cutime + ticks.tms_cstime) / Double(sysconf(Int32(_SC_CLK_TCK)))
}
