/// How a training multiplies. Weights, their gradients, AdamW, the loss, and functions of single rows are in float32 in either.
public enum TrainingPrecision: String, CaseIterable, Sendable {
    /// 32-bit floating point.
    case f32
    /// The products of linear layers, forward and backward, of numbers that are rounded to bfloat16, with float32 sums.
    case bf16
}
