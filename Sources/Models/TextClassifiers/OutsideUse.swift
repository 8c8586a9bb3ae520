/// What a classifier used outside this process: another program, or a service that it asked.
public struct OutsideUse: Equatable, Sendable {
    /// The largest resident memory of its processes, in bytes.
    public var peakMemoryBytes = 0
    /// What the classifier says that it cost, by names of its own, such as `USD` or `requests`.
    public var reported: [String: Double] = [:]

    public init() {}
}
