import Evaluation
import Results

/// The teams and the baselines on some rows, from best to worst, with those that cannot be told apart.
package struct Standings: Encodable, Equatable, Sendable {
    package let rows: ScoredRows
    package let rowCount: Int
    package let places: [Place]
    /// Neighbours no two of which can be told apart, as ranges of places from 1; dummies are not meant.
    package let tieGroups: [[Int]]
    /// Teams without a score.
    package let unscored: [String]

    package struct Place: Encodable, Equatable, Sendable {
        package let name: String
        package let isBaseline: Bool
        package let score: Double?
        package let interval: Interval?

        private enum CodingKeys: String, CodingKey {
            case name, score, interval
            case isBaseline = "baseline"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case rows, places, unscored
        case rowCount = "row_count"
        case tieGroups = "tie_groups"
    }

    /// - Parameter teams: With what is scored of each, on these rows; nil where there is nothing.
    package init(
        _ teams: [(name: String, predictions: ScoredPredictions?)], rows: ScoredRows, of secret: ClassSecret
    ) {
        let places = secret.rows.indices(rows)
        let metric = secret.record.metric
        var contestants: [ScoredPredictions] = []
        for (name, predictions) in teams {
            if let predictions { contestants.append(ScoredPredictions(teamNamed: name, predictions)) }
        }
        // Teams and baselines may have equal names; here they have not.
        contestants += secret.baselines.map { $0.selecting(places, id: "baseline/\($0.id)") }
        let cards = contestants.map { (contestant: $0, score: $0.scorecard[metric]) }
        let order = ranked(cards, by: metric) { $0.score }
        let analysis = Analysis(
            order.map { $0.contestant }, metric: metric, options: AnalysisOptions(), seed: secret.record.seed)
        self.rows = rows
        rowCount = places.count
        self.places = order.map { contestant, score in
            let name = contestant.id.split(separator: "/", maxSplits: 1)
            return Place(
                name: String(name[1]), isBaseline: name[0] == "baseline", score: score,
                interval: analysis.intervals[contestant.id]?[metric])
        }
        tieGroups = analysis.tieGroups
        unscored = teams.filter { $0.predictions == nil }.map(\.name)
    }
}

extension ScoredPredictions {
    fileprivate init(teamNamed name: String, _ predictions: ScoredPredictions) {
        self.init(
            id: "team/\(name)", isProbabilistic: predictions.isProbabilistic, test: predictions.test,
            validation: nil)
    }
}
