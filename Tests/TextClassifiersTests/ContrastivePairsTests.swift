import Foundation
import Labels
import TestSupport
import Testing
import TextClassifiers

/// The pairs of texts that SetFit learns from, against those of the setfit package
/// (Tests/Oracles/TextClassifiers/make_pairs.py).
@Suite struct ContrastivePairsTests {
    /// What the package draws of one kind of pairs.
    private struct Kind: Decodable, Equatable {
        let count: Int
        let distinct: Int
        let least: Int
        let most: Int
    }

    private struct Case: Decodable {
        /// A number, or a list of numbers.
        enum Labels: Decodable {
            case one(Int)
            case several([Int])

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                if let one = try? value.decode(Int.self) {
                    self = .one(one)
                } else {
                    self = .several(try value.decode([Int].self))
                }
            }

            var all: [Int] {
                switch self {
                case .one(let label): [label]
                case .several(let labels): labels
                }
            }
        }

        let name: String
        let labels: [Labels]
        let labelCount: Int
        let strategy: String?
        let iterations: Int?
        let steps: Int?
        let batch: Int?
        let alike: Kind
        let different: Kind

        var targets: Targets {
            let rows = labels.map(\.all)
            if case .one = labels[0] { return .classes(rows.map { $0[0] }) }
            return .sets(IndicatorMatrix(labelCount: labelCount, rows: rows))
        }

        func options() throws -> SetFitOptions {
            var options = SetFitOptions()
            if let strategy {
                options.samplingStrategy = try #require(.init(rawValue: strategy))
            }
            (options.numIterations, options.maxSteps) = (iterations, steps)
            options.batchSize = batch ?? options.batchSize
            return options
        }
    }

    private func kind(_ found: ContrastivePairs, similarity: Float) -> Kind {
        var counts: [[Int32]: Int] = [:]
        for pair in found.pairs where pair.similarity == similarity {
            counts[[pair.first, pair.second], default: 0] += 1
        }
        return Kind(
            count: counts.values.reduce(0, +), distinct: counts.count, least: counts.values.min() ?? 0,
            most: counts.values.max() ?? 0)
    }

    @Test func asManyOfEitherKindAsThePackageDraws() throws {
        let cases = try JSONDecoder().decode(
            [Case].self, from: Data(contentsOf: oracle("TextClassifiers/pairs.json")))
        #expect(cases.count == 63)
        for one in cases {
            let what = "\(one.name), \(try one.options())"
            guard one.alike.count + one.different.count > 0 else {
                #expect(throws: TextClassifierError.noPairs(alike: false), "\(what)") {
                    try ContrastivePairs(one.targets, one.options(), seed: 1)
                }
                continue
            }
            for seed: UInt64 in [1, 2] {
                let found = try ContrastivePairs(one.targets, one.options(), seed: seed)
                #expect(kind(found, similarity: 1) == one.alike, "\(what)")
                #expect(kind(found, similarity: 0) == one.different, "\(what)")
                #expect(found.alikeCount == one.alike.count && found.differentCount == one.different.count)
                for pair in found.pairs {
                    let (a, b) = (one.labels[Int(pair.first)].all, one.labels[Int(pair.second)].all)
                    #expect((pair.similarity == 1) == !Set(a).isDisjoint(with: b))
                }
            }
        }
    }

    /// Another seed leaves other pairs out.
    @Test func theSeedDecides() throws {
        var options = SetFitOptions()
        options.numIterations = 1
        let targets = Targets.classes([0, 0, 0, 0, 1, 1, 1, 1])
        func pairs(_ seed: UInt64) throws -> ContrastivePairs {
            try ContrastivePairs(targets, options, seed: seed)
        }
        #expect(try pairs(1).pairs == pairs(1).pairs)
        #expect(try pairs(1).pairs != pairs(2).pairs)
    }

    @Test func whatMakesNoPairsIsAnError() throws {
        var unique = SetFitOptions()
        unique.samplingStrategy = .unique
        let unlabelled = Targets.sets(IndicatorMatrix(labelCount: 2, rows: [[], [], []]))
        #expect(throws: TextClassifierError.noPairs(alike: true)) {
            try ContrastivePairs(unlabelled, SetFitOptions(), seed: 1)
        }
        #expect(try ContrastivePairs(unlabelled, unique, seed: 1).differentCount == 6)
        #expect(throws: TextClassifierError.noPairs(alike: true)) {
            try ContrastivePairs(.classes([]), unique, seed: 1)
        }
        let many = Targets.classes(Array(repeating: 0, count: 5793) + [1])
        #expect(
            throws: TextClassifierError.tooManyPairs(rows: 5794, limit: ContrastivePairs.maxCount)
        ) { try ContrastivePairs(many, unique, seed: 1) }
        var often = SetFitOptions()
        often.numIterations = .max
        #expect(throws: TextClassifierError.tooManyPairs(rows: 2, limit: ContrastivePairs.maxCount)) {
            try ContrastivePairs(.classes([0, 1]), often, seed: 1)
        }
    }
}
