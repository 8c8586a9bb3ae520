import LinearAlgebra

/// A table of token vectors that is trained, of which a step touches some rows: gradients of those alone, and AdamW for
/// the others applied when they are needed.
///
/// A row that a step does not touch has a gradient of 0 there, by which AdamW still decays its weights and moments. These
/// steps are made up for, one by one in their order, before the row is read: so the values are those of an optimizer
/// that goes over the whole table, to the bit, whenever they are looked at.
final class TrainedTable: @unchecked Sendable {
    let name: String
    let vocabulary: Int
    /// H.
    let hidden: Int
    /// What the learning rate is multiplied by.
    let rateFactor: Double
    /// The values, which the owner of the model keeps. Shape: [vocabulary, H].
    var values: UnsafeMutablePointer<Float>

    /// The tokens of this step, in the order of their first use, and the gradients of their vectors. Shape: [tokens, H].
    private(set) var words: [Int32] = []
    private var slots: [Int32]
    private(set) var gradient = FloatBuffer(count: 0)

    /// The moments of the words that ever had a gradient, by `Row.moments`.
    private var moments = MomentStore()
    private var rows: [Row]
    /// The steps of the optimizer that some row has yet to see, after `settledSteps` that all have seen.
    private var steps: [AdamWStep] = []
    private var settledSteps = 0

    private struct Row {
        /// How many of `steps` its values have seen.
        var steps: Int32 = 0
        /// Its place in the store; -1 if it never had a gradient, so that both moments are 0.
        var moments: Int32 = -1
    }

    private static let none: Int32 = -1
    /// Columns that a thread adds at once: a cache line or more, so that threads write to lines of their own.
    private static let columnBlock = 64
    private static let wordBlock = 64

    /// The word that never gets a gradient.
    private let padding: Int?

    init(
        _ name: String, _ shape: [Axis], padding: Int?, values: UnsafeMutablePointer<Float>,
        rateFactor: Double
    ) {
        self.rateFactor = rateFactor
        self.name = name
        self.padding = padding
        self.values = values
        vocabulary = shape[0].size
        hidden = shape[1].size
        slots = Array(repeating: TrainedTable.none, count: vocabulary)
        rows = Array(repeating: Row(), count: vocabulary)
    }

    var updates: Int { settledSteps + steps.count }
    var hasGradient: Bool { !words.isEmpty }

    // MARK: A step

    /// Brings the rows of these words up to date, to be read.
    func prepare(_ ids: [Int32], _ team: Team) {
        let ids = Set(ids).sorted()
        team.blocks(of: ids.count, blockSize: TrainedTable.wordBlock) { range, _ in
            for id in ids[range] { catchUp(Int(id)) }
        }
        for id in ids { rows[Int(id)].steps = Int32(steps.count) }
    }

    /// Adds the gradients of tokens to those of their words.
    /// - Parameters:
    ///   - ids: Shape: [T].
    ///   - d: Shape: [T, H].
    func add(_ ids: [Int32], _ d: FloatRows, _ team: Team) {
        let known = words.count
        let tokens = ids.indices.filter { Int(ids[$0]) != padding }
        for token in tokens where slots[Int(ids[token])] == TrainedTable.none {
            slots[Int(ids[token])] = Int32(words.count)
            words.append(ids[token])
        }
        reserve(words.count, keeping: known)
        let places = tokens.map { (token: $0, slot: Int(slots[Int(ids[$0])])) }
        team.blocks(of: hidden, blockSize: TrainedTable.columnBlock) { columns, _ in
            for place in places {
                let to = gradient.pointer + place.slot * hidden
                let from = d[place.token]
                for i in columns { to[i] += from[i] }
            }
        }
    }

    /// Room for `count` gradients, of which all but the first `known` become 0.
    private func reserve(_ count: Int, keeping known: Int) {
        if gradient.count < count * hidden {
            let larger = FloatBuffer(count: count * hidden * 3 / 2)
            larger.pointer.update(from: gradient.pointer, count: known * hidden)
            gradient = larger
        }
        (gradient.pointer + known * hidden).update(repeating: 0, count: (count - known) * hidden)
    }

    /// The sum of the gradients' squares.
    func gradientSquares() -> Double {
        AdamWStep.sumOfSquares(gradient.pointer, count: words.count * hidden)
    }

    /// One step of AdamW. The rows with gradients are up to date, since they were read.
    func update(_ step: AdamWStep, _ team: Team) {
        for id in words where rows[Int(id)].moments < 0 {
            rows[Int(id)].moments = Int32(moments.append(width: 2 * hidden))
        }
        team.blocks(of: words.count, blockSize: TrainedTable.wordBlock) { range, _ in
            for slot in range {
                let id = Int(words[slot])
                let first = moments.row(Int(rows[id].moments), width: 2 * hidden)
                step.update(
                    values + id * hidden, gradient: gradient.pointer + slot * hidden, first: first,
                    second: first + hidden, count: hidden)
            }
        }
        steps.append(step)
        for id in words { rows[Int(id)].steps = Int32(steps.count) }
    }

    /// Forgets this step's gradients.
    func clearGradient() {
        for id in words { slots[Int(id)] = TrainedTable.none }
        words.removeAll(keepingCapacity: true)
    }

    // MARK: Making up for steps

    /// Brings all rows up to date.
    func prepareAll(_ team: Team) {
        team.blocks(of: vocabulary, blockSize: TrainedTable.wordBlock) { range, _ in
            for id in range { catchUp(id) }
        }
        for id in 0..<vocabulary { rows[id].steps = 0 }
        settledSteps += steps.count
        steps.removeAll(keepingCapacity: true)
    }

    private func catchUp(_ id: Int) {
        let row = rows[id]
        let weights = values + id * hidden
        for step in steps[Int(row.steps)...] {
            if row.moments >= 0 {
                let first = moments.row(Int(row.moments), width: 2 * hidden)
                step.update(weights, gradient: nil, first: first, second: first + hidden, count: hidden)
            } else if step.decay != 1 {
                let decay = Float(step.decay)
                for i in 0..<hidden { weights[i] *= decay }
            }
        }
    }
}

/// Rows that grow in number but stay where they are.
private struct MomentStore {
    private var chunks: [FloatBuffer] = []
    private var count = 0
    private static let rowsPerChunk = 1024

    /// Adds a row of zeros, and returns its number.
    mutating func append(width: Int) -> Int {
        if count == chunks.count * MomentStore.rowsPerChunk {
            chunks.append(FloatBuffer(count: MomentStore.rowsPerChunk * width))
        }
        count += 1
        return count - 1
    }

    func row(_ index: Int, width: Int) -> UnsafeMutablePointer<Float> {
        chunks[index / MomentStore.rowsPerChunk].pointer + index % MomentStore.rowsPerChunk * width
    }
}

// MARK: Saving

extension TrainedTable {
    /// The gradient of the whole table. Shape: [vocabulary, H].
    func wholeGradient() -> [Float] {
        var all = [Float](repeating: 0, count: vocabulary * hidden)
        for (slot, id) in words.enumerated() {
            for i in 0..<hidden { all[Int(id) * hidden + i] = gradient.pointer[slot * hidden + i] }
        }
        return all
    }

    /// The words that ever had a gradient, in rising order, and their moments. Shape: [words, 2 H]. All rows are up to date.
    func touchedMoments() -> (ids: [Int], values: [Float]) {
        let ids = rows.indices.filter { rows[$0].moments >= 0 }
        var values: [Float] = []
        values.reserveCapacity(ids.count * 2 * hidden)
        for id in ids {
            let row = moments.row(Int(rows[id].moments), width: 2 * hidden)
            values += UnsafeBufferPointer(start: row, count: 2 * hidden)
        }
        return (ids, values)
    }

    /// The opposite of `touchedMoments`, for a table that has seen `updates` steps.
    func restore(ids: [Int], moments saved: [Float], updates: Int) {
        steps = []
        settledSteps = updates
        rows = Array(repeating: Row(), count: vocabulary)
        moments = MomentStore()
        for (place, id) in ids.enumerated() {
            let slot = moments.append(width: 2 * hidden)
            rows[id].moments = Int32(slot)
            let row = moments.row(slot, width: 2 * hidden)
            for i in 0..<2 * hidden { row[i] = saved[place * 2 * hidden + i] }
        }
    }
}
