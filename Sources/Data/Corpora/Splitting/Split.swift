/// Which part each row of a corpus belongs to. Shape: [N].
public struct Split: Equatable, Sendable {
    /// The part of each row.
    public let parts: [Part]

    public init(parts: [Part]) {
        self.parts = parts
    }

    /// The rows of `part`, ascending.
    public func rows(of part: Part) -> [Int] {
        parts.indices.filter { parts[$0] == part }
    }
}
