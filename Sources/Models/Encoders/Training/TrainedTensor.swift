import LinearAlgebra

/// A parameter that is trained: where its values are, its gradient, and AdamW's moments, all in the layout that the model
/// computes with.
final class TrainedTensor {
    let name: String
    /// The numbers in memory, those that fill the last panels among them.
    let count: Int
    /// Whether weight decay applies.
    let decays: Bool
    /// What the learning rate is multiplied by.
    let rateFactor: Double
    /// The values, which the owner of the model keeps.
    var values: UnsafeMutablePointer<Float>
    let gradient: FloatBuffer
    /// AdamW's running means of the gradient and of its square.
    let first, second: FloatBuffer
    /// Steps of the optimizer so far.
    var updates = 0
    /// Whether this step found a gradient. A parameter without one is left alone, as PyTorch does.
    var hasGradient = false

    init(
        _ name: String, values: UnsafeMutablePointer<Float>, count: Int, decays: Bool, rateFactor: Double
    ) {
        self.rateFactor = rateFactor
        self.name = name
        self.values = values
        self.decays = decays
        self.count = count
        gradient = FloatBuffer(count: count)
        first = FloatBuffer(count: count)
        second = FloatBuffer(count: count)
    }
}
