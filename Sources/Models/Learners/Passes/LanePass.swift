import CKernels
import DeterministicWork
import LinearAlgebra

/// A pass over a sparse X for many models that do not depend on each other, side by side in the lanes of vectors. No
/// N x M array is ever held.
///
/// Lanes are computed as if alone, and rows are summed in blocks that the shape of X alone decides. A pass has work
/// buffers of its own, so one value serves one caller at a time.
package final class LanePass: FeaturePass {
    /// The rows of each tile from those with the fewest values to those with the most.
    private let X: SparseMatrix
    /// Weights of each group. Shape of each: [D + 1, laneCount], the intercepts last.
    private let weights: AlignedDoubles
    /// Sums of each block and group. Shape of each: [D + 1, laneCount].
    private let partial: AlignedDoubles
    private let mostModels: Int
    /// Where in its tile each row of X belongs. Shape: [N].
    private let order: [UInt8]

    /// - Parameter modelCount: The most models that a pass will have.
    package init(_ X: SparseMatrix, modelCount: Int) {
        mostModels = modelCount
        let layout = Layout(X, modelCount: modelCount)
        weights = AlignedDoubles(count: layout.weightCount)
        partial = AlignedDoubles(count: layout.weightCount * layout.blockCount)
        var sorted: [Int] = []
        var order: [UInt8] = []
        for tile in (0..<layout.blockCount).flatMap(layout.tiles) {
            let rows = tile.sorted { (X.valueCount(ofRow: $0), $0) < (X.valueCount(ofRow: $1), $1) }
            sorted += rows
            order += rows.map { UInt8($0 - tile.lowerBound) }
        }
        self.X = X.selecting(sorted)
        self.order = order
    }

    package var width: Int { X.columnCount + 1 }

    package func run(
        parameters: [[Double]], respond: @Sendable (ScoreTile) -> Void,
        receive: @Sendable (_ model: Int, _ loss: Double, _ products: [Double]) -> Void
    ) {
        precondition(parameters.count <= mostModels)
        let layout = Layout(X, modelCount: parameters.count)
        let taskCount = layout.groups.count * layout.blockCount
        let losses = AlignedDoubles(count: taskCount * LanePass.mostLanes)
        parallelBlocks(of: layout.groups.count, blockSize: 1) { groups in
            for group in layout.groups[groups] { layout.pack(parameters, group: group, into: weights.base) }
        }
        parallelBlocks(of: taskCount, blockSize: 1) { tasks in
            for task in tasks {
                let group = layout.groups[task / layout.blockCount]
                let block = task % layout.blockCount
                let work = GroupPass(
                    X: X, order: order, tiles: layout.tiles(ofBlock: block), models: group.models,
                    weights: weights.base + group.offset,
                    sums: partial.base + layout.offset(group: group, block: block),
                    losses: losses.base + task * LanePass.mostLanes)
                work.run(laneCount: group.laneCount, respond)
            }
        }
        for group in layout.groups { sumBlocks(of: group, layout) }
        parallelBlocks(of: parameters.count, blockSize: 1) { models in
            for model in models {
                let (group, lane) = layout.place(ofModel: model)
                var loss = 0.0
                for block in 0..<layout.blockCount {
                    let task = group.index * layout.blockCount + block
                    loss += losses.base[task * LanePass.mostLanes + lane]
                }
                let sums = partial.base + layout.offset(group: group, block: 0) + lane
                receive(model, loss, (0..<layout.rowLength).map { sums[$0 * group.laneCount] })
            }
        }
    }

    /// Adds the sums of a group's other blocks to those of its first, in order.
    private func sumBlocks(of group: Group, _ layout: Layout) {
        let count = layout.rowLength * group.laneCount
        parallelBlocks(of: count, blockSize: 1 << 13) { range in
            let sums = partial.base + layout.offset(group: group, block: 0)
            for block in 1..<layout.blockCount {
                let others = sums + block * count
                for i in range { sums[i] += others[i] }
            }
        }
    }

    static let mostLanes = 8

    /// Models side by side in the lanes of a vector.
    struct Group: Sendable {
        let index: Int
        let models: Range<Int>
        let laneCount: Int
        /// Where the group's weights start.
        let offset: Int
    }

    /// Which model is computed where.
    struct Layout: Sendable {
        let groups: [Group]
        /// D + 1.
        let rowLength: Int
        let rowCount: Int
        let blockSize: Int
        let blockCount: Int

        init(_ X: SparseMatrix, modelCount: Int) {
            rowLength = X.columnCount + 1
            rowCount = X.rowCount
            blockSize = X.rowsPerSummationBlock
            // Also without rows there is a block, whose sums are 0.
            blockCount = max(1, (X.rowCount + blockSize - 1) / blockSize)
            var groups: [Group] = []
            var offset = 0
            for first in stride(from: 0, to: modelCount, by: LanePass.mostLanes) {
                let models = first..<min(modelCount, first + LanePass.mostLanes)
                let laneCount = models.count > 4 ? 8 : models.count > 2 ? 4 : 2
                groups.append(
                    Group(index: groups.count, models: models, laneCount: laneCount, offset: offset))
                offset += rowLength * laneCount
            }
            self.groups = groups
        }

        /// The lanes of all groups' weights.
        var weightCount: Int {
            groups.reduce(0) { $0 + rowLength * $1.laneCount }
        }

        func rows(ofBlock block: Int) -> Range<Int> {
            block * blockSize..<min(rowCount, (block + 1) * blockSize)
        }

        /// The rows of a block that are at hand together.
        func tiles(ofBlock block: Int) -> [Range<Int>] {
            let rows = rows(ofBlock: block)
            return stride(from: rows.lowerBound, to: rows.upperBound, by: ScoreTile.mostRows).map {
                $0..<min($0 + ScoreTile.mostRows, rows.upperBound)
            }
        }

        /// Where the sums of a group and block start.
        func offset(group: Group, block: Int) -> Int {
            group.offset * blockCount + block * rowLength * group.laneCount
        }

        func place(ofModel model: Int) -> (group: Group, lane: Int) {
            (groups[model / LanePass.mostLanes], model % LanePass.mostLanes)
        }

        func pack(_ parameters: [[Double]], group: Group, into weights: UnsafeMutablePointer<Double>) {
            let to = weights + group.offset
            for lane in 0..<group.laneCount {
                if lane < group.models.count {
                    let from = parameters[group.models.lowerBound + lane]
                    precondition(from.count == rowLength)
                    for d in 0..<rowLength { to[d * group.laneCount + lane] = from[d] }
                } else {
                    for d in 0..<rowLength { to[d * group.laneCount + lane] = 0 }
                }
            }
        }
    }
}

/// The part of a pass that one block of rows and one group of models is.
private struct GroupPass {
    let X: SparseMatrix
    let order: [UInt8]
    let tiles: [Range<Int>]
    let models: Range<Int>
    /// Shape: [D + 1, laneCount].
    let weights: UnsafeMutablePointer<Double>
    /// Shape: [D + 1, laneCount].
    let sums: UnsafeMutablePointer<Double>
    /// Shape: [laneCount].
    let losses: UnsafeMutablePointer<Double>

    func run(laneCount: Int, _ respond: (ScoreTile) -> Void) {
        let D = X.columnCount
        sums.update(repeating: 0, count: (D + 1) * laneCount)
        X.rowOffsets.withUnsafeBufferPointer { offsets in
            X.columns.withUnsafeBufferPointer { columns in
                X.values.withUnsafeBufferPointer { values in
                    withUnsafeTemporaryAllocation(
                        byteCount: ScoreTile.mostRows * laneCount * MemoryLayout<Double>.stride,
                        alignment: AlignedDoubles.alignment
                    ) {
                        $0.withMemoryRebound(to: Double.self) { tile in
                            // A temporary allocation of some size has an address, and so have offsets.
                            guard let scores = tile.baseAddress, let offsets = offsets.baseAddress else {
                                return
                            }
                            for rows in tiles {
                                let first = rows.lowerBound
                                order.withUnsafeBufferPointer { order in
                                    let order = order.baseAddress.map { $0 + first }
                                    ck_sparse_scores(
                                        laneCount, rows.count, order, offsets + first, columns.baseAddress,
                                        values.baseAddress, weights, weights + D * laneCount, scores)
                                    respond(
                                        ScoreTile(
                                            rows: rows, models: models, scores: scores, stride: laneCount,
                                            losses: losses, hasLanes: true))
                                    ck_sparse_sums(
                                        laneCount, rows.count, order, offsets + first, columns.baseAddress,
                                        values.baseAddress, scores, sums, sums + D * laneCount)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
