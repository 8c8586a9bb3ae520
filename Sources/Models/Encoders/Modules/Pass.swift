import LinearAlgebra
import Synchronization

/// One way of a batch through a network, forward and, in training, back: its memory, its threads, and what it keeps.
///
/// A pass that trains keeps what the backward pass needs, draws dropout and has gradients to add to; so does one that asks how
/// a result depends on the tokens' vectors, but for dropout and gradients of weights. Any other keeps nothing. The layers
/// are the same for all.
///
/// Memory is given out in order and used again by the next pass, so that no pass allocates once the largest batch has been
/// seen. A pass belongs to one caller at a time.
public final class Pass {
    /// One thread, or all of them because there is no other work.
    public let team: Team
    /// How linear layers with weights in float32 multiply: in bfloat16 in a training alone.
    let precision: TrainingPrecision
    /// Nil where nothing goes back.
    private let gradients: Gradients?
    /// Nil where nobody asks how a result depends on the tokens' vectors.
    let embeddedTokens: EmbeddedTokens?
    private var dropout: DropoutDraw?
    private var slots: [Slot] = []
    private var used = 0
    /// What linear layers that multiply in fewer bits read.
    private var reducedInput = FloatBuffer(count: 0)

    /// Memory for a matrix.
    private struct Slot {
        var buffer = FloatBuffer(count: 0)
        var columns = 0
    }

    /// A pass that keeps nothing.
    public convenience init(team: Team) { self.init(team: team, gradients: nil, .f32) }

    /// A pass that goes back to the tokens' vectors, through weights that stay as they are.
    convenience init(team: Team, asking embeddedTokens: EmbeddedTokens) {
        self.init(team: team, gradients: Gradients(), .f32, asking: embeddedTokens)
    }

    init(
        team: Team, gradients: Gradients?, _ precision: TrainingPrecision,
        asking embeddedTokens: EmbeddedTokens? = nil
    ) {
        self.team = team
        self.embeddedTokens = embeddedTokens
        self.gradients = gradients
        self.precision = precision
    }

    /// Whether what forward computes is kept for a backward pass.
    public var isTraining: Bool { gradients != nil }

    /// Forgets what the last batch left.
    /// - Parameter dropout: Nil if nothing is dropped.
    package func begin(dropout: DropoutDraw? = nil) {
        used = 0
        self.dropout = dropout
    }

    // MARK: Memory

    /// A matrix with anything in it, and zeros in the columns that fill its last panel. Shape: [count, columns].
    public func rows(_ count: Int, columns: Int) -> FloatRows {
        if used == slots.count { slots.append(Slot()) }
        let stride = FloatRows.stride(columns: columns)
        if slots[used].buffer.count < count * stride {
            // An eighth more than asked for, so that batches that grow little by little seldom move everything.
            slots[used].buffer = FloatBuffer(count: (count + count / 8) * stride)
        } else if slots[used].columns != columns {
            slots[used].buffer.pointer.update(repeating: 0, count: slots[used].buffer.count)
        }
        slots[used].columns = columns
        used += 1
        return FloatRows(slots[used - 1].buffer.pointer, rows: count, columns: columns, stride: stride)
    }

    /// A matrix as `rows` gives, for what backward needs; nil if the pass keeps nothing. Shape: [count, columns].
    public func kept(_ count: Int, columns: Int) -> FloatRows? {
        isTraining ? rows(count, columns: columns) : nil
    }

    /// How much memory has been given out.
    public struct Mark {
        fileprivate let used: Int
    }

    public var mark: Mark { Mark(used: used) }

    /// Takes back all matrices that were given out since the mark.
    public func release(to mark: Mark) { used = mark.used }

    /// Rows in fewer bits, which are there until this is called again.
    func reduced(_ x: FloatRows, _ form: ReducedForm) -> ReducedRows {
        ReducedRows(x, form, in: &reducedInput, team)
    }

    // MARK: Training

    /// What is dropped at the next place of the network; nil if nothing is. Every place asks in every pass, in the same
    /// order, so that the places are numbered.
    public func dropout(_ kind: DropoutKind) -> Dropout? { dropout?.next(kind) }

    /// Adds to a parameter's gradient, if it is trained.
    /// - Parameter body: Gets the gradient, row by row. Never of a matrix of a linear layer, which is packed.
    public func addGradient(of parameter: Parameter, _ body: (UnsafeMutablePointer<Float>) -> Void) {
        guard let trained = gradient(of: parameter) else { return }
        if case .packed = parameter.layout { preconditionFailure("a packed matrix has no rows") }
        let gradient = trained.gradient
        if !trained.hasGradient { gradient.pointer.update(repeating: 0, count: gradient.count) }
        trained.hasGradient = true
        body(gradient.pointer)
    }

    /// Where the gradient of a parameter goes; nil if it is not trained, or by an adapter alone.
    func gradient(of parameter: Parameter) -> TrainedTensor? {
        parameter.isAdapted ? nil : parameter.slot.flatMap { gradients?.tensors[$0] }
    }

    /// What trains a matrix by a product of low rank; nil if nothing does.
    func adapter(of parameter: Parameter) -> LowRankAdapter? {
        parameter.isAdapted ? parameter.slot.flatMap { gradients?.adapters[$0] } : nil
    }

    /// Where the gradient of a token table goes; nil if it is not trained.
    func tableGradient(of parameter: Parameter) -> TrainedTable? {
        parameter.slot.flatMap { gradients?.tables[$0] }
    }
}

/// Passes that wait to be used again, on any thread.
final class PassPool: Sendable {
    /// A pass that no thread uses.
    private struct Idle: @unchecked Sendable {
        let pass: Pass
    }

    private let idle = Mutex<[Idle]>([])

    /// Lends a pass that keeps nothing.
    func withPass<R>(workers: Int, _ body: (Pass) -> R) -> R {
        let found = idle.withLock { idle in
            idle.lastIndex { $0.pass.team.workers == workers }.map { idle.remove(at: $0) }
        }
        let lent = found ?? Idle(pass: Pass(team: Team(workers: workers)))
        lent.pass.begin()
        defer { idle.withLock { $0.append(lent) } }
        return body(lent.pass)
    }
}
