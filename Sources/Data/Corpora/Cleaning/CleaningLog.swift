/// What cleaning did, step by step, in the order in which the steps were taken.
public struct CleaningLog: Codable, Equatable, Sendable {
    /// Rows that a step left out; 0 where it found none.
    public internal(set) var dropped: [Entry] = []
    /// Texts, cells or columns that a step changed.
    public internal(set) var changed: [Entry] = []

    public struct Entry: Codable, Equatable, Sendable {
        /// What was done, in words, with the key that asked for it.
        public let step: String
        public let count: Int

        public init(step: String, count: Int) {
            self.step = step
            self.count = count
        }
    }

    public init() {}

    mutating func drop(_ count: Int, _ step: String) {
        dropped.append(Entry(step: step, count: count))
    }

    mutating func change(_ count: Int, _ step: String) {
        changed.append(Entry(step: step, count: count))
    }
}
