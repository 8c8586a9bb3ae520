/// Friedman's test: whether k contestants rank alike over n datasets (Friedman 1937; Demsar, Statistical comparisons of
/// classifiers over multiple data sets, JMLR 7, 2006).
///
/// On each dataset the contestants are ranked, 1 for the best, equals sharing the mean of their ranks. With R_j the mean
/// rank of contestant j, chi^2 = 12 n / (k (k + 1)) (sum R_j^2 - k (k + 1)^2 / 4) / c, where c = 1 - sum(t^3 - t) /
/// (n k (k^2 - 1)) corrects for groups of t equals, has k - 1 degrees of freedom. Iman and Davenport's
/// F = (n - 1) chi^2 / (n (k - 1) - chi^2), with k - 1 and (k - 1) (n - 1) degrees of freedom, is less conservative.
///
/// Where every dataset ranks the contestants alike F is infinite, and its tail 0, which no ranking can show: two datasets rank
/// three contestants alike in one case of six. Its p is then the chance of that outcome where all rankings are equally likely.
public struct FriedmanTest: Codable, Equatable, Sendable {
    /// k.
    public let contestants: Int
    /// n.
    public let datasets: Int
    public let chiSquared: Double
    public let pValue: Double
    /// Iman and Davenport's; nil where every dataset ranks the contestants alike, so that it is infinite.
    public let f: Double?
    /// Of F; where it is infinite, the chance that all rankings are alike.
    public let fPValue: Double

    private enum CodingKeys: String, CodingKey {
        case contestants, datasets, f
        case chiSquared = "chi_squared"
        case pValue = "p_value"
        case fPValue = "f_p_value"
    }

    /// - Parameter scores: The higher the better. Shape: [n][k].
    /// - Returns: Nil for fewer than three contestants or two datasets, and where all contestants are equal on every dataset.
    public init?(scores: [[Double]]) {
        guard let k = scores.first?.count, k >= 3, scores.count >= 2 else { return nil }
        precondition(scores.allSatisfy { $0.count == k })
        let n = scores.count
        let ranks = scores.map { MidRanks($0.map { -$0 }) }
        let sums = (0..<k).map { j in ranks.reduce(0) { $0 + $1.doubled[j] } }
        // In whole numbers, so that neither perfect agreement nor none at all is missed by a rounding error:
        // chi^2 = (k - 1) a / b, F = (n - 1) a / (n b - a).
        let a = 3 * sums.reduce(0) { $0 + $1 * $1 } - 3 * n * n * k * (k + 1) * (k + 1)
        let b = n * k * (k * k - 1) - ranks.reduce(0) { $0 + $1.tieCorrection }
        if b == 0 { return nil }
        (contestants, datasets) = (k, n)
        chiSquared = Double(k - 1) * Double(a) / Double(b)
        pValue = chiSquaredTail(chiSquared, degreesOfFreedom: Double(k - 1))
        let rest = n * b - a
        f = rest == 0 ? nil : Double(n - 1) * Double(a) / Double(rest)
        fPValue =
            f.map { fTail($0, Double(k - 1), Double((k - 1) * (n - 1))) }
            ?? Self.chanceOfAgreement(ranks, contestants: k)
    }

    /// How likely all datasets rank the contestants alike where each one's ranks are equally likely in any order: max A / prod A,
    /// with A the different orders of a dataset's ranks. Contestants may be renamed without a change of chi^2, which makes as many
    /// outcomes of each as the ranks of any one dataset have orders.
    private static func chanceOfAgreement(_ ranks: [MidRanks], contestants k: Int) -> Double {
        let orders = ranks.map { ranks in
            let all = (1...k).reduce(1.0) { $0 * Double($1) }
            return ranks.tieSizes.reduce(all) { orders, size in
                (1...size).reduce(orders) { $0 / Double($1) }
            }
        }
        return orders.sorted().dropLast().reduce(1) { $0 / $1 }
    }
}
