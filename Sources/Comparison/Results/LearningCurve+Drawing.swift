import Corpora
import Evaluation

extension LearningCurve {
    /// - Parameters:
    ///   - headline: What stands for the run: fitted on the whole train part where the plan has it.
    ///   - others: On each of the plan's other samples, in their order.
    ///   - bandMethod: As results have it; nil is that of earlier versions.
    package init(
        _ plan: SamplePlan, reach: [Double], samplesSHA256: String, headline: FittedSample,
        others: [FittedSample], bandMethod: CurveBand? = .wilson
    ) {
        precondition(others.count == plan.others.count)
        let metric = headline.results.experiment.rankBy
        (self.plan, self.metric, self.reach) = (plan, metric, reach)
        self.samplesSHA256 = samplesSHA256
        self.bandMethod = bandMethod
        let band = bandMethod ?? .satterthwaite
        // Shape: [P][R].
        let points = LearningCurve.points(plan, headline, others)
        rows = points.map { point in
            point.reduce(0) { $0 + Double($1.rowCount) } / Double(point.count)
        }
        let all = points.joined()
        let contestants = headline.results.ranked.filter { contestant in
            all.allSatisfy { stage in stage.results.contestants.contains { $0.id == contestant.id } }
        }
        (scores, bands, laws, lawless, crossings, needed) = ([:], [:], [:], [:], [], [])
        let draws = CurveDraws(points, contestants.map(\.id), metric: metric)
        for (c, contestant) in contestants.enumerated() {
            let own = points.map { point in
                point.map { stage in
                    stage.results.contestants.first { $0.id == contestant.id }?.test[metric]
                }
            }
            scores[contestant.id] = own
            bands[contestant.id] = points.indices.map { p in
                let defined = own[p].compactMap(\.self)
                if defined.count < own[p].count { return nil }
                let size = Int(rows[p].rounded())
                if plan.includesAll, p == points.count - 1 {
                    return draws.variance(c, p).map {
                        CurvePoint(
                            size: size, ofAll: defined[0], testVariance: $0, in: metric.range, band: band)
                    }
                }
                return CurvePoint(
                    size: size, scores: defined,
                    sharedVariance: CurvePoint.sharedVariance(ofDraws: draws.values[c][p]),
                    in: metric.range, band: band)
            }
        }
        compare(
            contestants.filter { !headline.results.isBaseline($0) }.map(\.id), draws, contestants.map(\.id))
    }

    /// The samples at each point. Shape: [P][R].
    private static func points(
        _ plan: SamplePlan, _ headline: FittedSample, _ others: [FittedSample]
    ) -> [[FittedSample]] {
        var rest = others[...]
        var points = plan.sizes.map { size in
            (0..<plan.repeats).map { number in
                let isHeadline = plan.headline == TrainSample(plan.unit, size: size, number: number)
                return isHeadline ? headline : rest.removeFirst()
            }
        }
        if plan.includesAll { points.append([headline]) }
        return points
    }

    /// Laws, crossings and rows needed, of contestants whose score is defined everywhere.
    /// - Parameters:
    ///   - ids: Contestants that are no baselines, the best first.
    ///   - places: All contestants, in the order of the draws.
    private mutating func compare(_ ids: [String], _ draws: CurveDraws, _ places: [String]) {
        // Several samples of labels' rows may have as many rows.
        let kept = rows.indices.filter { $0 == 0 || rows[$0] > rows[$0 - 1] }
        let sizes = kept.map { rows[$0] }
        let direction = metric.direction
        var curves: [(id: String, place: Int, means: [Double])] = []
        for id in ids {
            let means = kept.compactMap { self.means(of: id)[$0] }
            guard means.count == kept.count, let place = places.firstIndex(of: id) else {
                lawless[id] = "\(metric.readableName) is undefined on a sample"
                continue
            }
            curves.append((id, place, means.map(direction.score)))
            let each = kept.flatMap { p in
                (scores[id]?[p] ?? []).compactMap(\.self).map { (rows[p], direction.score($0)) }
            }
            do throws(PowerLawError) {
                laws[id] = try PowerLaw(sizes: each.map(\.0), scores: each.map(\.1))
            } catch {
                lawless[id] = "\(error)"
            }
        }
        for (i, first) in curves.enumerated() {
            for second in curves[(i + 1)...] {
                let oriented = { (place: Int) in
                    kept.map { p in draws.means[place][p].map(direction.score) }
                }
                crossings += CurveCrossing.all(
                    sizes: sizes, first: first.means, second: second.means,
                    firstDraws: oriented(first.place), secondDraws: oriented(second.place)
                ).map { Crossing(first: first.id, second: second.id, crossing: $0) }
            }
        }
        var targets: [Double] = []
        for target in reach.isEmpty ? curves.compactMap(\.means.last).map(direction.score) : reach
        where !targets.contains(target) { targets.append(target) }
        for target in targets {
            for curve in curves {
                let found = RowsNeeded(
                    for: direction.score(target), sizes: sizes, scores: curve.means, law: laws[curve.id])
                needed.append(Needed(contestant: curve.id, score: target, found))
            }
        }
    }
}

extension LearningCurve.Needed {
    fileprivate init(contestant: String, score: Double, _ found: RowsNeeded) {
        (self.contestant, self.score) = (contestant, score)
        switch found {
        case .measured(let rows): (kind, self.rows) = (.measured, rows)
        case .extrapolated(let rows): (kind, self.rows) = (.extrapolated, rows)
        case .never: (kind, rows) = (.never, nil)
        case .unknown: (kind, rows) = (.unknown, nil)
        }
    }
}
