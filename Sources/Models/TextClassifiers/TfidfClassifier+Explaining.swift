extension FittedTfidfClassifier {
    /// What drove the prediction for a text: one entry for each label that could be learnt.
    ///
    /// Of two classes the first has the second's coefficients with the opposite sign. Where a softmax compares
    /// classes, only differences between them count, so coefficients are told as differences from their mean.
    public func contributions(to text: String) -> [LabelContributions] {
        let row = vectorizer.transform([text])
        let probabilities = classifier.probabilities(row)
        return labelModels().map { model in
            let terms = zip(row.columns, row.values).map { column, value in
                TermContribution(
                    term: vectorizer.vocabulary[Int(column)], value: value,
                    coefficient: model.coefficients[Int(column)])
            }
            return LabelContributions(
                label: labelSpace.names[model.label], probability: probabilities[0, model.label],
                bias: model.bias, terms: terms)
        }
    }

    /// The terms with the largest coefficients of each label that could be learnt.
    public func topTerms(_ count: Int) -> [TopTerms] {
        labelModels().map { model in
            let order = model.coefficients.indices.sorted {
                (-model.coefficients[$0], $0) < (-model.coefficients[$1], $1)
            }
            return TopTerms(
                label: labelSpace.names[model.label],
                terms: order.prefix(count).map {
                    .init(term: vectorizer.vocabulary[$0], coefficient: model.coefficients[$0])
                })
        }
    }

    private struct LabelModel {
        let label: Int
        var bias: Double
        var coefficients: [Double]
    }

    private func labelModels() -> [LabelModel] {
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
            var mean = [Double](repeating: 0, count: vectorizer.vocabulary.count)
            for model in models { for d in mean.indices { mean[d] += share * model.coefficients[d] } }
            for i in models.indices {
                models[i].bias -= bias
                for d in mean.indices { models[i].coefficients[d] -= mean[d] }
            }
        }
        return models
    }
}
