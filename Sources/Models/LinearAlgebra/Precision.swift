/// How the numbers of packed weights are stored.
public enum Precision: String, CaseIterable, Codable, Sendable {
    /// 32-bit floating point.
    case f32

    /// What a fingerprint or a summary says of it: nothing of float32, which was the only one once.
    public var suffix: String {
        switch self {
        case .f32: ""
        }
    }
}
