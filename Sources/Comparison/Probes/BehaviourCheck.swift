/// An edit, and what a label should do after it.
public struct BehaviourCheck: Equatable, Sendable {
    /// What a label should do.
    public enum Expectation: String, Encodable, Sendable {
        case stay, change
    }

    public let edit: TextEdit
    public let expectation: Expectation

    public init(_ edit: TextEdit, _ expectation: Expectation) {
        (self.edit, self.expectation) = (edit, expectation)
    }

    /// Whether labels are other than expected.
    func isFailed(before: [String], after: [String]) -> Bool {
        switch expectation {
        case .stay: before != after
        case .change: before == after
        }
    }

    /// A check of each edit.
    /// - Parameter negationStays: Whether a text that says the opposite has the same label, as it has where labels are topics.
    public static func all(of edits: [TextEdit], negationStays: Bool = false) -> [BehaviourCheck] {
        edits.map { BehaviourCheck($0, $0 == .negation && !negationStays ? .change : .stay) }
    }
}
