/// How likely each kind of dropout drops an element.
package struct DropoutProbabilities: Equatable, Sendable {
    package var hidden: Double
    package var attention: Double
    package var classifier: Double

    package init(hidden: Double, attention: Double, classifier: Double) {
        self.hidden = hidden
        self.attention = attention
        self.classifier = classifier
    }

    /// Those of the checkpoint.
    package init(_ sizes: BertConfiguration) {
        self.init(
            hidden: sizes.hiddenDropout, attention: sizes.attentionDropout,
            classifier: sizes.classifierDropout ?? sizes.hiddenDropout)
    }
}
