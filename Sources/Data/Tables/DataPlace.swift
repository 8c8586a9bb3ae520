/// A line of a data file.
public struct DataPlace: Equatable, Sendable, CustomStringConvertible {
    public let file: String
    /// The physical line where the row begins, from 1.
    public let line: Int

    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    public var description: String { "\(file):\(line)" }
}
