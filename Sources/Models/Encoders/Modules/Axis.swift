/// A size of a tensor, with the key of `config.json` that states it, where one does: what an error about the tensor says.
public struct Axis: ExpressibleByIntegerLiteral, Equatable, Sendable {
    public let size: Int
    public let key: String?

    public init(_ size: Int, key: String? = nil) {
        self.size = size
        self.key = key
    }

    public init(integerLiteral value: Int) { self.init(value) }

    /// Such as `hidden_size 384`.
    var statement: String { key.map { "\($0) \(size)" } ?? "size \(size)" }
}
