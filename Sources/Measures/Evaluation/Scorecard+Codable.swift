import Labels

extension Scorecard: Codable {
    /// A key of the flat JSON object: the name of a metric, or one of the fields below.
    private struct Key: CodingKey, Equatable {
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
        static let ndcgAtK = Key(stringValue: "ndcg_at_k")
    }

    /// The metrics of the k most probable labels, which stand together by their k.
    private static let rankings: [(key: Key, metrics: [MetricName])] = [
        (.precisionAtK, [.precisionAt1, .precisionAt3, .precisionAt5]),
        (.ndcgAtK, Scorecard.gains),
    ]

    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(kind, forKey: .kind)
        try object.encode(support, forKey: .support)
        for metric in MetricName.allCases where has(metric) && metric.depth == nil {
            try object.encode(values[metric], forKey: Key(metric))
        }
        if let emptyRows { try object.encode(emptyRows, forKey: .emptyRows) }
        for (key, metrics) in Scorecard.rankings where has(metrics[0]) {
            var byDepth = object.nestedContainer(keyedBy: Key.self, forKey: key)
            for metric in metrics {
                guard let depth = metric.depth, let value = values[metric] else { continue }
                try byDepth.encode(value, forKey: Key(stringValue: "\(depth)"))
            }
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
        where (hasProbabilities || !metric.needsProbabilities) && metric.depth == nil
            && metric.row.tasks.include(
                kind: kind, isOrdinal: isOrdinal, hasCosts: hasCosts, labels: [])
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
        for (key, metrics) in Scorecard.rankings where hasProbabilities && kind == .multilabel {
            if key == .ndcgAtK && !object.contains(key) { continue }
            let byDepth = try object.nestedContainer(keyedBy: Key.self, forKey: key)
            for metric in metrics {
                guard let depth = metric.depth else { continue }
                values[metric] = try byDepth.decodeIfPresent(
                    Double.self, forKey: Key(stringValue: "\(depth)"))
            }
        }
        self.init(
            kind: kind, isOrdinal: isOrdinal, hasCosts: hasCosts,
            support: try object.decode(Int.self, forKey: .support),
            emptyRows: kind == .multilabel ? try object.decode(Int.self, forKey: .emptyRows) : nil,
            undefined: undefined,
            perLabel: try object.decode([LabelScore].self, forKey: .perLabel),
            confusionMatrix: try object.decode([[Int]].self, forKey: .confusionMatrix),
            values: values, hasProbabilities: hasProbabilities)
    }
}
