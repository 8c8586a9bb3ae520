import Foundation

/// A grade as Gradescope's autograder reads it from `results.json`.
///
/// By its documentation of autograders (specification, output format): one test for each item of the rubric, with points.
/// What says something of the secret labels is shown to students once grades are published, and not before. There is no
/// leaderboard: it would show scores on test after every submission.
public struct GradescopeResults: Encodable, Sendable {
    private let output: String
    private let tests: [Test]

    private struct Test: Encodable, Sendable {
        let name: String
        let score: Double
        let maxScore: Double
        let status: Status
        let output: String
        let visibility: Visibility

        private enum CodingKeys: String, CodingKey {
            case name, score, status, output, visibility
            case maxScore = "max_score"
        }
    }

    private enum Status: String, Encodable { case passed, failed }

    private enum Visibility: String, Encodable {
        case visible
        case afterPublished = "after_published"
    }

    private enum CodingKeys: String, CodingKey {
        case output, tests
        case outputFormat = "output_format"
        case testOutputFormat = "test_output_format"
        case stdoutVisibility = "stdout_visibility"
    }

    public init(_ grade: EntryGrade) {
        output =
            grade.isValid
            ? "The entry is valid."
            : "The entry is not valid:\n" + grade.faults.map { "- \($0.explanation)\n" }.joined()
        tests = grade.points.map { item in
            Test(
                name: item.name, score: item.points, maxScore: item.maxPoints,
                status: item.points >= item.maxPoints ? .passed : .failed, output: item.reason,
                visibility: item.isOpen ? .visible : .afterPublished)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(output, forKey: .output)
        try object.encode("text", forKey: .outputFormat)
        try object.encode("text", forKey: .testOutputFormat)
        try object.encode("hidden", forKey: .stdoutVisibility)
        try object.encode(tests, forKey: .tests)
    }
}
