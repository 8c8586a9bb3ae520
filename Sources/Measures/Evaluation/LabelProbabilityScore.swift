/// What the probabilities of one label are worth, over all N rows.
public struct LabelProbabilityScore: Equatable, Sendable {
    /// Nil without rows that have the label, or without rows that have not.
    public let rocAUC: Double?
    /// Nil without rows that have the label.
    public let averagePrecision: Double?
    /// Mean of -ln of the probability of what is gold; nil only without rows, as the following two.
    public let logLoss: Double?
    /// Mean of (p - y)^2.
    public let brierScore: Double?
    /// Expected calibration error, in 15 bins.
    public let ece: Double?

    init(probabilities: [Double], isGold: [Bool]) {
        let curve = RankingCurve(scores: probabilities, isPositive: isGold)
        rocAUC = curve.rocAUC
        averagePrecision = curve.averagePrecision
        ece = ReliabilityCurve(probabilities: probabilities, cameTrue: isGold).expectedCalibrationError
        let N = Double(isGold.count)
        if isGold.isEmpty {
            (logLoss, brierScore) = (nil, nil)
            return
        }
        var (loss, squares) = (0.0, 0.0)
        for (p, y) in zip(probabilities, isGold) {
            loss += ProbabilityScores.loss(y ? p : 1 - p)
            let error = y ? 1 - p : p
            squares += error * error
        }
        logLoss = loss / N
        brierScore = squares / N
    }
}

extension LabelProbabilityScore: Codable {
    private enum CodingKeys: String, CodingKey {
        case rocAUC = "roc_auc"
        case averagePrecision = "average_precision"
        case logLoss = "log_loss"
        case brierScore = "brier_score"
        case ece
    }

    /// Written out because the synthesized one drops the keys of undefined values.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(rocAUC, forKey: .rocAUC)
        try object.encode(averagePrecision, forKey: .averagePrecision)
        try object.encode(logLoss, forKey: .logLoss)
        try object.encode(brierScore, forKey: .brierScore)
        try object.encode(ece, forKey: .ece)
    }

    /// Nil where the object has none of the keys.
    init?(ifPresentIn decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        if !object.contains(.logLoss) { return nil }
        self = try LabelProbabilityScore(from: decoder)
    }
}
