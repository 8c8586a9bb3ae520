/// How the numbers of an encoder are stored and multiplied. Sums, and functions of single rows, are in float32 in any.
public enum Precision: String, CaseIterable, Codable, Sendable {
    /// 32-bit floating point.
    case f32
    /// Weights and what they are multiplied with in bfloat16: a float32 without its lower half.
    case bf16
    /// Weights as bytes with a scale for each 64 that follow each other in an output's row, what they are multiplied with as bytes,
    /// or pairs of them, with a scale for each 64 of a token's numbers; the sums of 64 products are exact.
    case int8

    /// What a summary says of it: nothing of float32, which was the only one once.
    public var suffix: String {
        switch self {
        case .f32: ""
        case .bf16, .int8: ", \(rawValue)"
        }
    }

    /// What a fingerprint says of it, with a version that changes whenever the same weights would give other numbers.
    package var fingerprint: String {
        switch self {
        case .f32: ""
        case .bf16: ", bf16 1"
        case .int8: ", int8 1"
        }
    }
}
