import Encoders
import Labels
import Learners

extension FittedFeatureClassifier {
    /// What each term of a text, or to an encoder each word, adds to the score of each label that could be learnt; nil where
    /// features are neither terms nor an encoder's vectors, or scores are not linear in them.
    /// - Parameter labels: Of an encoder's words alone, since to tell of each label takes its time; of terms all are told.
    public func explanation(of text: String, for labels: ExplainedLabels) throws -> Explanation? {
        if let terms = try termExplanation(of: text) { return terms }
        guard let featurizer = featurizer as? EncoderFeaturizer, let linear = classifier.linear else {
            return nil
        }
        let probabilities = classifier.probabilities(try featurizer.features(of: [text]))
        let places = labels.places(among: labelSpace.names, probabilities.values).filter(linear.hasLearnt)
        let worded = featurizer.encoder.worded(text, featurizer.options)
        let attributions = try featurizer.encoder.attributions(
            of: worded, featurizer.options,
            to: places.map { label in
                let score = linear.score(of: label)
                return { linear.score(score, of: $0) }
            })
        return .words(
            WordAttributions(
                method: WordAttributions.method(steps: IntegratedGradients<TokenEncoder>.defaultSteps),
                labels: zip(places, attributions).map { label, tokens in
                    LabelAttributions(
                        label: labelSpace.names[label], probability: probabilities[0, label], tokens,
                        of: worded)
                }))
    }
}

extension LinearClassifier {
    /// The model of a label. Where there is one model of two labels, both have that.
    private func model(of label: Int) -> Int { scheme == .binary ? 0 : label }

    /// Whether rows of train told of a label.
    fileprivate func hasLearnt(_ label: Int) -> Bool { intercepts[model(of: label)].isFinite }

    /// The score of a label: its log-odds; of a classifier without probabilities, what it decides by.
    fileprivate func score(of label: Int) -> LogitScore {
        switch scheme {
        case .binary: label == 1 ? .logit(0) : .opposite(0)
        case .multinomial: .againstOthers(label)
        case .oneVsRest:
            isProbabilistic && labelSpace.kind != .multilabel ? .amongSigmoids(label) : .logit(label)
        }
    }

    /// A score of a vector, and its gradient. Shapes: [D] to [D].
    fileprivate func score(_ score: LogitScore, of x: [Float]) -> (value: Double, gradient: [Double]) {
        let z = intercepts.indices.map { m in
            zip(coefficients.row(m), x).reduce(intercepts[m]) { $0 + $1.0 * Double($1.1) }
        }
        let (value, derivative) = score.of(z)
        var gradient = [Double](repeating: 0, count: x.count)
        for (m, factor) in derivative.enumerated() where factor != 0 {
            for (d, coefficient) in coefficients.row(m).enumerated() {
                gradient[d] += factor * coefficient
            }
        }
        return (value, gradient)
    }
}
