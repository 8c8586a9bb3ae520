import SettingKeys

/// A question about a file that its contents answer in several ways, or in none, so that a person has to.
public struct Undecided: Error, Equatable, Sendable, CustomStringConvertible {
    public let file: String
    /// What cannot be told.
    public let question: String
    /// The options that would answer it, each with what it would mean.
    public let readings: [String]

    public init(file: String, question: String, readings: [String]) {
        self.file = file
        self.question = question
        self.readings = readings
    }

    public var description: String {
        let shown = readings.prefix(12).map { "\n  \($0)" }.joined()
        let more = readings.count > 12 ? "\n  ... (\(readings.count) in all)" : ""
        return "\(file): \(question)\(shown)\(more)"
    }
}
