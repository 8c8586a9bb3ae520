/// Stated probabilities against what happened, in bins of equal width.
///
/// A probability on an edge belongs to the bin below it, as in scikit-learn's `calibration_curve`.
public struct ReliabilityCurve: Equatable, Sendable, Codable {
    /// One bin, empty ones included.
    public struct Bin: Equatable, Sendable, Codable {
        /// Probabilities that fall into it.
        public var count = 0
        /// How many of them came true.
        public var hits = 0
        /// Their sum.
        public var sum = 0.0
    }

    /// From 0 to 1.
    public private(set) var bins: [Bin]

    /// As many as Guo et al. use ("On calibration of modern neural networks", ICML 2017).
    public static let usualBinCount = 15

    public init(probabilities: [Double], cameTrue: [Bool], binCount: Int = usualBinCount) {
        precondition(probabilities.count == cameTrue.count && binCount > 0)
        bins = Array(repeating: Bin(), count: binCount)
        for (p, isTrue) in zip(probabilities, cameTrue) {
            let bin = ReliabilityCurve.bin(of: p, among: binCount)
            bins[bin].count += 1
            bins[bin].sum += p
            if isTrue { bins[bin].hits += 1 }
        }
    }

    /// The bin whose upper edge is the first one not below `p`.
    private static func bin(of p: Double, among count: Int) -> Int {
        let width = 1 / Double(count)
        var bin = min(count - 1, Int(p * Double(count)))
        while bin > 0, Double(bin) * width >= p { bin -= 1 }
        while bin < count - 1, Double(bin + 1) * width < p { bin += 1 }
        return bin
    }

    /// Expected calibration error: the mean over probabilities of |mean probability - share of hits| of their bin;
    /// nil without probabilities.
    public var expectedCalibrationError: Double? {
        let total = bins.reduce(0) { $0 + $1.count }
        if total == 0 { return nil }
        return bins.reduce(0) { $0 + abs($1.sum - Double($1.hits)) } / Double(total)
    }
}
