/// A named set of options, each of which can still be changed.
public enum FineTuningRecipe: String, CaseIterable, Sendable {
    /// For some hundred rows or fewer (Mosbach et al. 2021; Zhang et al. 2021): 20 epochs, a warm-up over a tenth of the
    /// steps to a rate of 2e-5 that then falls linearly, the top 2 layers and the pooler drawn anew, and a learning rate that
    /// falls by 0.95 from layer to layer.
    ///
    /// AdamW corrects the bias of its moments, here as always. The layers drawn anew were those of encoders trained on
    /// masked words; the top layers of a sentence encoder know more that is of use.
    case fewSample = "few-sample"

    public var options: FineTuningOptions {
        var options = FineTuningOptions()
        switch self {
        case .fewSample:
            options.training.epochs = 20
            options.training.learningRate = 2e-5
            options.training.warmup = .share(0.1)
            options.training.schedule = .linear
            options.training.layerDecay = 0.95
            options.reinitializedLayers = 2
        }
        return options
    }
}
