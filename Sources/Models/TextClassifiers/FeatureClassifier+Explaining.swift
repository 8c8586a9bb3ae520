import Learners

extension FittedFeatureClassifier {
    public func explanation(of text: String) throws -> Explanation? {
        try explanation(of: text, for: .all)
    }

    /// What each term of a text adds to the score of each label that could be learnt; nil where features are no terms.
    ///
    /// Of two classes the first has the second's coefficients with the opposite sign. Where a softmax compares
    /// classes, only differences between them count, so coefficients are told as differences from their mean.
    func termExplanation(of text: String) throws -> Explanation? {
        guard let terms = featurizer.terms, let models = labelModels() else { return nil }
        let features = try featurizer.features(of: [text])
        let probabilities = classifier.probabilities(features)
        let row = features.nonZeros
        let contributions = models.map { model in
            let own = zip(row.columns, row.values).map { column, value in
                TermContribution(
                    term: terms[Int(column)], value: value,
                    coefficient: model.coefficients[Int(column)])
            }
            return LabelContributions(
                label: labelSpace.names[model.label], probability: probabilities[0, model.label],
                bias: model.bias, terms: own)
        }
        return .terms(contributions)
    }

    /// The terms with the largest coefficients of each label that could be learnt.
    public func topTerms(_ count: Int) -> [TopTerms]? {
        guard let terms = featurizer.terms, let models = labelModels() else { return nil }
        return models.map { model in
            let order = model.coefficients.indices.sorted {
                (-model.coefficients[$0], $0) < (-model.coefficients[$1], $1)
            }
            return TopTerms(
                label: labelSpace.names[model.label],
                terms: order.prefix(count).map {
                    TopTerms.Entry(term: terms[$0], coefficient: model.coefficients[$0])
                })
        }
    }

    private struct LabelModel {
        let label: Int
        var bias: Double
        var coefficients: [Double]
    }

    /// Nil where there are no coefficients.
    private func labelModels() -> [LabelModel]? {
        guard let classifier = classifier.linear else { return nil }
        var models = classifier.intercepts.indices.filter { classifier.intercepts[$0].isFinite }.map {
            LabelModel(
                label: classifier.scheme == .binary ? 1 : $0, bias: classifier.intercepts[$0],
                coefficients: Array(classifier.coefficients.row($0)))
        }
        switch classifier.scheme {
        case .oneVsRest: break
        case .binary:
            models = models.flatMap { model in
                [
                    LabelModel(label: 0, bias: -model.bias, coefficients: model.coefficients.map { -$0 }),
                    model,
                ]
            }
        case .multinomial:
            let share = 1 / Double(models.count)
            let bias = models.reduce(0) { $0 + share * $1.bias }
            var mean = [Double](repeating: 0, count: classifier.coefficients.columnCount)
            for model in models { for d in mean.indices { mean[d] += share * model.coefficients[d] } }
            for i in models.indices {
                models[i].bias -= bias
                for d in mean.indices { models[i].coefficients[d] -= mean[d] }
            }
        }
        return models
    }
}
