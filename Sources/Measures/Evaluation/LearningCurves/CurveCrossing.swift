import Foundation

/// Where one of two learning curves overtakes the other.
public struct CurveCrossing: Codable, Equatable, Sendable {
    /// The sizes between which it lies, which are neighbours unless the two are equal in between.
    public let after: Double
    public let before: Double
    /// The number of training rows at which the straight lines between the curves' points, over the logarithm of the size, cross.
    public let rows: Double
    /// Whether the first curve leads beyond it.
    public let firstOvertakes: Bool
    /// The share of resamples in which the same curve leads at `after`, and the same other at `before`.
    public let certainty: Double

    private enum CodingKeys: String, CodingKey {
        case after, before, rows, certainty
        case firstOvertakes = "first_overtakes"
    }

    /// - Parameters:
    ///   - sizes: Training rows, ascending. Shape: [S].
    ///   - first: Scores at these sizes, the higher the better. Shape: [S].
    ///   - firstDraws: The same on resamples of samples and test rows. Shape: [S][draws].
    ///   - secondDraws: On the same resamples.
    public static func all(
        sizes: [Double], first: [Double], second: [Double], firstDraws: [[Double]], secondDraws: [[Double]]
    ) -> [CurveCrossing] {
        precondition(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 } && sizes.allSatisfy { $0 > 0 })
        precondition(
            [first.count, second.count, firstDraws.count, secondDraws.count].allSatisfy { $0 == sizes.count })
        let lead = zip(first, second).map { $0 - $1 }
        // Where they are equal, nobody leads.
        let places = sizes.indices.filter { lead[$0] != 0 }
        return zip(places, places.dropFirst()).compactMap { i, j in
            if (lead[i] > 0) == (lead[j] > 0) { return nil }
            let share = lead[i] / (lead[i] - lead[j])
            let rows =
                j == i + 1
                ? exp(log(sizes[i]) + share * (log(sizes[j]) - log(sizes[i]))) : sizes[i + 1]
            let draws = zip(zip(firstDraws[i], secondDraws[i]), zip(firstDraws[j], secondDraws[j]))
            let (total, same) = draws.reduce(into: (0, 0)) { counts, draw in
                let (at, beyond) = (draw.0.0 - draw.0.1, draw.1.0 - draw.1.1)
                counts.0 += 1
                if at * lead[i] > 0, beyond * lead[j] > 0 { counts.1 += 1 }
            }
            return CurveCrossing(
                after: sizes[i], before: sizes[j], rows: rows, firstOvertakes: lead[j] > 0,
                certainty: total == 0 ? 0 : Double(same) / Double(total))
        }
    }
}
