import Labels

/// Contestants of which a soft vote scores best on validation, chosen one after another (Caruana, Niculescu-Mizil, Crew and
/// Ksikes, Ensemble selection from libraries of models, ICML 2004).
///
/// It begins with the best few by themselves, and then adds, again and again, the one whose vote raises the score most, or lowers
/// it least; one may be added several times, and so weighs more. Of all ensembles on the way the best one is kept, of equals
/// the smallest.
public struct GreedyEnsemble: Codable, Equatable, Sendable {
    /// The places of the chosen, in the order in which they were; one may be there several times.
    public let chosen: [Int]
    /// Of the vote on the rows that it was chosen on.
    public let score: Double

    /// Scores that differ by less are equal: sums in another order may differ in their last bits.
    private static let tolerance = 1e-12

    /// How much each member weighs: how often it was chosen. Shape: [members].
    public func weights(memberCount: Int) -> [Double] {
        var weights = Array(repeating: 0.0, count: memberCount)
        for member in chosen { weights[member] += 1 }
        return weights
    }

    /// - Parameters:
    ///   - members: Probabilities of the validation rows. Shape: [members][N, K].
    ///   - selection: By which metric; of one that needs labels, these are decided at 0.5.
    ///   - initial: How many of the best it begins with; fewer where fewer have a score.
    ///   - rounds: How often one is added.
    /// - Throws: `SelectionError.neverDefined` where the metric is undefined for every member or every vote.
    public init(
        of members: [Probabilities], gold: Targets, labelSpace: LabelSpace, by selection: Selection,
        initial: Int = 1, rounds: Int = 50
    ) throws(SelectionError) {
        precondition(!members.isEmpty && initial >= 1 && rounds >= 0)
        precondition(members.allSatisfy { $0.rowCount == gold.count && $0.labelCount == labelSpace.count })
        func value(_ probabilities: Probabilities) -> Double? {
            selection.value(of: probabilities, gold: gold, labelSpace: labelSpace)
        }
        var alone = members.map(value)
        var chosen: [Int] = []
        repeat {
            let next = try Self.first(of: alone, selection)
            chosen.append(next)
            alone[next] = nil
        } while chosen.count < initial && alone.contains(where: { $0 != nil })
        var counts = Array(repeating: 0.0, count: members.count)
        var path: [(chosen: [Int], value: Double?)] = []
        for member in chosen { counts[member] += 1 }
        path.append((chosen, value(Probabilities(softVoteOf: members, weights: counts))))
        for _ in 0..<rounds {
            let candidates = members.indices.map { member in
                var counts = counts
                counts[member] += 1
                return value(Probabilities(softVoteOf: members, weights: counts))
            }
            let next = try Self.first(of: candidates, selection)
            chosen.append(next)
            counts[next] += 1
            path.append((chosen, candidates[next]))
        }
        let best = try Self.first(of: path.map(\.value), selection)
        self.chosen = path[best].chosen
        guard let value = path[best].value else {
            throw .neverDefined(name: selection.name, candidates: path.count)
        }
        self.score = value
    }

    /// The first of the best.
    private static func first(of values: [Double?], _ selection: Selection) throws(SelectionError) -> Int {
        let best = try selection.best(of: values)
        let top = values[best].map(selection.score) ?? 0
        return values.firstIndex { value in
            value.map { selection.score($0) >= top - tolerance } ?? false
        } ?? best
    }
}
