/// A part of a page that answers to its reader, which only the format HTML has.
package enum PagePart: Equatable, Sendable {
    case thresholds(ThresholdSlider)
    case confusions(ConfusionCells)
}
