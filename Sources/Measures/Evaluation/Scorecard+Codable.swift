import Labels

extension Scorecard: Codable {
    /// A key of the flat JSON object: the name of a metric, or one of the fields below.
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
        init(_ metric: MetricName) { stringValue = metric.rawValue }

        static let kind = Key(stringValue: "kind")
        static let support = Key(stringValue: "support")
        static let emptyRows = Key(stringValue: "empty_rows")
        static let undefined = Key(stringValue: "undefined")
        static let perLabel = Key(stringValue: "per_label")
        static let confusionMatrix = Key(stringValue: "confusion_matrix")
        static let precisionAtK = Key(stringValue: "precision_at_k")
    }

    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(kind, forKey: .kind)
        try object.encode(support, forKey: .support)
        for metric in MetricName.allCases where has(metric) {
            try object.encode(values[metric], forKey: Key(metric))
        }
        if let emptyRows { try object.encode(emptyRows, forKey: .emptyRows) }
        if has(.labelRankingAveragePrecision) {
            var shares = object.nestedContainer(keyedBy: Key.self, forKey: .precisionAtK)
            for (k, share) in precisionAtK { try shares.encode(share, forKey: Key(stringValue: "\(k)")) }
        }
        var counts = object.nestedContainer(keyedBy: Key.self, forKey: .undefined)
        for metric in MetricName.allCases {
            if let count = undefined[metric] { try counts.encode(count, forKey: Key(metric)) }
        }
        try object.encode(perLabel, forKey: .perLabel)
        try object.encode(confusionMatrix, forKey: .confusionMatrix)
    }

    /// - Throws: `DecodingError` when a key that applies to the kind is missing, or `undefined` names no metric.
    public init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        let kind = try object.decode(LabelKind.self, forKey: .kind)
        let hasProbabilities = object.contains(Key(.logLoss))
        var values: [MetricName: Double] = [:]
        let isOrdinal = object.contains(Key(.meanAbsoluteError))
        let hasCosts = object.contains(Key(.meanCost))
        for metric in MetricName.allCases
        where (hasProbabilities || !metric.needsProbabilities)
            && metric.row.tasks.include(
                kind: kind, isOrdinal: isOrdinal, hasCosts: hasCosts, hasLabel: { _ in false })
        {
            values[metric] = try object.decode(Double?.self, forKey: Key(metric))
        }
        let counts = try object.nestedContainer(keyedBy: Key.self, forKey: .undefined)
        var undefined: [MetricName: Int] = [:]
        for key in counts.allKeys {
            guard let metric = MetricName(rawValue: key.stringValue) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: counts, debugDescription: "no metric is named '\(key.stringValue)'")
            }
            undefined[metric] = try counts.decode(Int.self, forKey: key)
        }
        var precisionAtK: [Int: Double] = [:]
        if hasProbabilities && kind == .multilabel {
            let shares = try object.nestedContainer(keyedBy: Key.self, forKey: .precisionAtK)
            for key in shares.allKeys {
                if let k = Int(key.stringValue) {
                    precisionAtK[k] = try shares.decode(Double.self, forKey: key)
                }
            }
        }
        self.init(
            kind: kind, isOrdinal: isOrdinal, hasCosts: hasCosts,
            support: try object.decode(Int.self, forKey: .support),
            emptyRows: kind == .multilabel ? try object.decode(Int.self, forKey: .emptyRows) : nil,
            undefined: undefined,
            perLabel: try object.decode([LabelScore].self, forKey: .perLabel),
            confusionMatrix: try object.decode([[Int]].self, forKey: .confusionMatrix),
            values: values, hasProbabilities: hasProbabilities, precisionAtK: precisionAtK)
    }
}
