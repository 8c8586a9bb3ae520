import Evaluation
import Foundation
import Labels
import TestSupport

/// One problem of Tests/Oracles/Evaluation/scorecards.json: gold labels, predictions, and scikit-learn's scorecard.
struct GoldenProblem {
    let labelSpace: LabelSpace
    let gold: Targets
    let predicted: Targets
    let probabilities: Probabilities?
    /// The JSON object that the scorecard should encode to.
    let expected: JSONValue

    var scorecard: Scorecard {
        Scorecard(gold: gold, predicted: predicted, probabilities: probabilities, labelSpace: labelSpace)
    }

    static func all() throws -> [GoldenProblem] {
        // A larger file that the same generator made, where one is given.
        let given = ProcessInfo.processInfo.environment["BAKEOFF_SCORECARDS"].map { URL(fileURLWithPath: $0) }
        return try JSONDecoder().decode(
            [GoldenProblem].self, from: Data(contentsOf: given ?? oracle("Evaluation/scorecards.json")))
    }
}

extension GoldenProblem: Decodable {
    private enum CodingKeys: String, CodingKey {
        case kind, labels, gold, predicted, probabilities, expected
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try object.decode(LabelKind.self, forKey: .kind)
        let labelCount = try object.decode(Int.self, forKey: .labels)
        func targets(_ key: CodingKeys) throws -> Targets {
            kind == .multilabel
                ? .sets(
                    IndicatorMatrix(
                        labelCount: labelCount, rows: try object.decode([[Int]].self, forKey: key)))
                : .classes(try object.decode([Int].self, forKey: key))
        }
        labelSpace = try LabelSpace(kind: kind, names: (0..<labelCount).map { "l\($0)" })
        gold = try targets(.gold)
        predicted = try targets(.predicted)
        probabilities = try object.decodeIfPresent([[Double]].self, forKey: .probabilities).map {
            Probabilities(labelCount: labelCount, values: $0.flatMap { $0 })
        }
        expected = try object.decode(JSONValue.self, forKey: .expected)
    }
}

/// Any JSON, so that keys and nulls can be compared too.
enum JSONValue: Decodable {
    case null
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([JSONValue].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    /// Where this differs from `expected`: each path with both values. Numbers may differ by `tolerance`.
    func differences(from expected: JSONValue, tolerance: Double, path: String = "") -> [String] {
        switch (self, expected) {
        case (.null, .null):
            return []
        case (.number(let a), .number(let b)) where abs(a - b) <= tolerance:
            return []
        case (.string(let a), .string(let b)) where a == b:
            return []
        case (.array(let a), .array(let b)) where a.count == b.count:
            return a.indices.flatMap {
                a[$0].differences(from: b[$0], tolerance: tolerance, path: "\(path)[\($0)]")
            }
        case (.object(let a), .object(let b)):
            return Set(a.keys).union(b.keys).sorted().flatMap { key in
                guard let left = a[key] else { return ["\(path).\(key) is missing"] }
                guard let right = b[key] else { return ["\(path).\(key) should not be there"] }
                return left.differences(from: right, tolerance: tolerance, path: "\(path).\(key)")
            }
        default:
            return ["\(path) is \(self), expected \(expected)"]
        }
    }
}
