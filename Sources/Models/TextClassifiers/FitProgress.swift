/// How far a fitting is with one of its phases.
public struct FitProgress: Equatable, Sendable {
    /// Such as `encoding` or `epoch 2 of 3`; another phase is counted anew.
    public var phase: String
    public var completed: Int
    public var total: Int
    /// What is counted, such as `texts`.
    public var unit: String
    /// More to show, such as `loss 0.31`.
    public var detail: String?

    public init(phase: String, completed: Int, total: Int, unit: String, detail: String? = nil) {
        self.phase = phase
        self.completed = completed
        self.total = total
        self.unit = unit
        self.detail = detail
    }
}
