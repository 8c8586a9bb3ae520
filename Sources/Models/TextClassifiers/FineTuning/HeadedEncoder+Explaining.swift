import Encoders
import Labels

extension HeadedEncoder {
    /// What each word of a text adds to the log-odds of labels.
    /// - Parameter probabilities: Of all labels.
    func explanation(
        of text: WordedText, _ labelSpace: LabelSpace, for labels: ExplainedLabels, _ probabilities: [Double]
    ) throws(EncoderError) -> Explanation {
        let places = labels.places(among: labelSpace.names, probabilities)
        let attributions = try attributions(
            of: text, task: 0, to: places.map { .logOdds(of: $0, labelSpace.kind) })
        return .words(
            WordAttributions(
                method: WordAttributions.method(steps: IntegratedGradients<Encoder>.defaultSteps),
                labels: zip(places, attributions).map { label, tokens in
                    LabelAttributions(
                        label: labelSpace.names[label], probability: probabilities[label], tokens, of: text)
                }))
    }
}
