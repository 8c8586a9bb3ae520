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
    /// Weights of each group. Shape of each: [D + 1, laneCount], the intercepts last. At the end of a pass each model's
    /// products; shape of each group: [laneCount, D + 1].
    private let weights: AlignedDoubles
    /// Sums of each block and group. Shape of each: [D + 1, laneCount].
    private let partial: AlignedDoubles
    private let mostModels: Int
    /// As many groups as keep all threads busy: a model's results do not depend on which others share its vectors.
    private let leastGroups: Int
    /// Where in its tile each row of X belongs. Shape: [N].
    private let order: [UInt8]

    /// - Parameter modelCount: The most models that a pass will have.
    package init(_ X: SparseMatrix, modelCount: Int) {
        mostModels = modelCount
        leastGroups = Threads.count / Layout(X, modelCount: 0, leastGroups: 0).blockCount
        let layout = Layout(X, modelCount: modelCount, leastGroups: leastGroups)
        weights = AlignedDoubles(count: layout.weightCount)
        partial = AlignedDoubles(count: layout.weightCount * layout.blockCount)
        var sorted: [Int] = []
        var order: [UInt8] = []
        for tile in (0..<layout.blockCount).flatMap(layout.tiles) {
            let rows = X.byValueCount(tile)
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
        let layout = Layout(X, modelCount: parameters.count, leastGroups: leastGroups)
        let taskCount = layout.groups.count * layout.blockCount
        let losses = AlignedDoubles(count: taskCount * LanePass.mostLanes)
        layout.forStretches { group, columns in
            layout.pack(parameters, columns, of: group, into: weights.base + group.offset)
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
        layout.forStretches { group, columns in
            layout.unpack(
                partial.base + layout.offset(group: group, block: 0), columns, of: group,
                into: weights.base + group.offset)
        }
        parallelBlocks(of: parameters.count, blockSize: 1) { models in
            for model in models {
                let (group, lane) = layout.place(ofModel: model)
                var loss = 0.0
                for block in 0..<layout.blockCount {
                    let task = group.index * layout.blockCount + block
                    loss += losses.base[task * LanePass.mostLanes + lane]
                }
                let products = weights.base + group.offset + lane * layout.rowLength
                receive(model, loss, Array(UnsafeBufferPointer(start: products, count: layout.rowLength)))
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
        let modelCount: Int
        /// D + 1.
        let rowLength: Int
        let rowCount: Int
        let blockSize: Int
        let blockCount: Int

        /// - Parameter leastGroups: Where there are as many models.
        init(_ X: SparseMatrix, modelCount: Int, leastGroups: Int) {
            self.modelCount = modelCount
            rowLength = X.columnCount + 1
            rowCount = X.rowCount
            blockSize = X.rowsPerSummationBlock
            // Also without rows there is a block, whose sums are 0.
            blockCount = max(1, (X.rowCount + blockSize - 1) / blockSize)
            let fewest = (modelCount + LanePass.mostLanes - 1) / LanePass.mostLanes
            let groupCount = max(fewest, min(leastGroups, modelCount))
            var groups: [Group] = []
            var offset = 0
            for index in 0..<groupCount {
                let models = modelCount * index / groupCount..<modelCount * (index + 1) / groupCount
                let laneCount = models.count > 4 ? 8 : models.count > 2 ? 4 : 2
                groups.append(Group(index: index, models: models, laneCount: laneCount, offset: offset))
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
            // As the models are dealt to the groups.
            let index = ((model + 1) * groups.count - 1) / modelCount
            return (groups[index], model - groups[index].models.lowerBound)
        }

        /// So many columns of a group that their lanes stay in a core's cache while they are read or written one by one.
        private static let stretch = 256

        /// Calls `body` for stretches of columns of each group, several at once.
        func forStretches(_ body: @Sendable (Group, Range<Int>) -> Void) {
            let count = (rowLength + Layout.stretch - 1) / Layout.stretch
            parallelBlocks(of: groups.count * count, blockSize: 16) { places in
                for place in places {
                    let first = place % count * Layout.stretch
                    body(groups[place / count], first..<min(rowLength, first + Layout.stretch))
                }
            }
        }

        /// Models side by side.
        /// - Parameter weights: The group's. Shape: [D + 1, laneCount].
        func pack(
            _ parameters: [[Double]], _ columns: Range<Int>, of group: Group,
            into weights: UnsafeMutablePointer<Double>
        ) {
            for lane in 0..<group.laneCount {
                if lane < group.models.count {
                    let from = parameters[group.models.lowerBound + lane]
                    precondition(from.count == rowLength)
                    from.withUnsafeBufferPointer { from in
                        for d in columns { weights[d * group.laneCount + lane] = from[d] }
                    }
                } else {
                    for d in columns { weights[d * group.laneCount + lane] = 0 }
                }
            }
        }

        /// Models one after another.
        /// - Parameters:
        ///   - sums: The group's. Shape: [D + 1, laneCount].
        ///   - products: Shape: [laneCount, D + 1].
        func unpack(
            _ sums: UnsafePointer<Double>, _ columns: Range<Int>, of group: Group,
            into products: UnsafeMutablePointer<Double>
        ) {
            for lane in 0..<group.models.count {
                for d in columns { products[lane * rowLength + d] = sums[d * group.laneCount + lane] }
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

    /// So many bytes of weights a core's cache holds beside as many of sums. Of more, prefetching halves the time of a pass; of
    /// fewer it costs a quarter.
    private static let mostBytesAtHand = 1 << 19
    /// How many rows ahead weights and sums are prefetched, if at all.
    private static let distance = 16

    func run(laneCount: Int, _ respond: (ScoreTile) -> Void) {
        let D = X.columnCount
        let weightBytes = (D + 1) * laneCount * MemoryLayout<Double>.stride
        let rowsAhead = weightBytes > GroupPass.mostBytesAtHand ? GroupPass.distance : 0
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
                                        laneCount, rows.count, rowsAhead, order, offsets + first,
                                        columns.baseAddress, values.baseAddress, weights,
                                        weights + D * laneCount, scores)
                                    respond(
                                        ScoreTile(
                                            rows: rows, models: models, scores: scores, stride: laneCount,
                                            losses: losses, hasLanes: true))
                                    ck_sparse_sums(
                                        laneCount, rows.count, rowsAhead, order, offsets + first,
                                        columns.baseAddress, values.baseAddress, scores, sums,
                                        sums + D * laneCount)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
