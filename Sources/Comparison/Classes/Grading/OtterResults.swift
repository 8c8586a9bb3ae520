import Foundation

/// A grade as otter-grader reads it: the JSON that its grading of R submissions exchanges, which
/// `otter.test_files.GradingResults.from_ottr_json` takes.
///
/// Each item of the rubric is a test file. Otter's test cases are passed or not, so an item of which a part is reached has
/// a passed case with the points that it got, and a failed one with the others.
public struct OtterResults: Encodable, Sendable {
    private let files: [File]

    private enum CodingKeys: String, CodingKey {
        case files = "test_file_results"
    }

    private struct File: Encodable, Sendable {
        let filename: String
        let results: [CaseResult]

        private enum CodingKeys: String, CodingKey {
            case filename
            case results = "test_case_results"
        }
    }

    private struct CaseResult: Encodable, Sendable {
        let passed: Bool
        let message: String
        let testCase: Case

        private enum CodingKeys: String, CodingKey {
            case passed
            case message = "error"
            case testCase = "test_case"
        }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: CodingKeys.self)
            try object.encode(passed, forKey: .passed)
            // Otter shows it for whatever did not pass.
            try object.encode(passed ? nil : message, forKey: .message)
            try object.encode(testCase, forKey: .testCase)
        }
    }

    private struct Case: Encodable, Sendable {
        let name: String
        let code: String
        let points: Double
        let hidden: Bool
        let successMessage: String?
        let failureMessage: String?

        private enum CodingKeys: String, CodingKey {
            case name, code, points, hidden
            case successMessage = "success_message"
            case failureMessage = "failure_message"
        }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: CodingKeys.self)
            try object.encode(name, forKey: .name)
            try object.encode(code, forKey: .code)
            try object.encode(points, forKey: .points)
            try object.encode(hidden, forKey: .hidden)
            // Null where there is none: the keys are always read.
            try object.encode(successMessage, forKey: .successMessage)
            try object.encode(failureMessage, forKey: .failureMessage)
        }
    }

    public init(_ grade: EntryGrade) {
        let faults = grade.faults.map { "\n- \($0.explanation)" }.joined()
        files = grade.points.enumerated().map { place, item in
            let isWhole = item.points >= item.maxPoints
            func result(_ points: Double, passed: Bool) -> CaseResult {
                let message = item.reason + (passed || !item.isOpen ? "" : faults)
                return CaseResult(
                    passed: passed, message: message,
                    testCase: Case(
                        name: passed || item.points == 0 ? item.name : "\(item.name), the rest", code: "",
                        points: points, hidden: !item.isOpen, successMessage: passed ? message : nil,
                        failureMessage: nil))
            }
            var results: [CaseResult] = []
            if item.points > 0 || isWhole { results.append(result(item.points, passed: true)) }
            if !isWhole { results.append(result(item.maxPoints - item.points, passed: false)) }
            return File(
                filename: "\(place + 1) \(item.name.replacing("/", with: "-")).yaml", results: results)
        }
    }
}
