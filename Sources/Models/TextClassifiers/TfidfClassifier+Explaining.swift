/// What a term of a text adds to the score of a label.
public struct TermContribution: Codable, Equatable, Sendable {
    public let term: String
    /// Its TF-IDF value in the text.
    public let value: Double
    public let coefficient: Double
    /// `value` times `coefficient`: above 0 it speaks for the label, below 0 against it.
    public let contribution: Double
}

/// How a label's score came about: the bias and what every known term of the text adds.
public struct LabelContributions: Codable, Equatable, Sendable {
    public let label: String
    public let probability: Double
    /// `bias` plus all contributions.
    public let score: Double
    public let bias: Double
    /// Those that count most, for or against, first.
    public let terms: [TermContribution]
}

/// The terms that speak most for a label, and how much.
public struct TopTerms: Codable, Equatable, Sendable {
    public struct Entry: Codable, Equatable, Sendable {
        public let term: String
        public let coefficient: Double
    }

    public let label: String
    /// Largest coefficient first; equals in the order of their code points.
    public let terms: [Entry]
}

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
                let coefficient = model.coefficients[Int(column)]
                return TermContribution(
                    term: vectorizer.vocabulary[Int(column)], value: value, coefficient: coefficient,
                    contribution: value * coefficient)
            }
            return LabelContributions(
                label: labelSpace.names[model.label], probability: probabilities[0, model.label],
                score: terms.reduce(model.bias) { $0 + $1.contribution }, bias: model.bias,
                terms: terms.sorted { abs($0.contribution) > abs($1.contribution) })
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
