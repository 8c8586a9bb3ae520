/// Parquet's encodings of whole numbers (https://github.com/apache/parquet-format, `Encodings.md`).
extension PageCursor {
    /// `count` numbers of `width` bits (at most 32) in runs: repeated values, or packed bits in groups of eight.
    mutating func runs(_ count: Int, width: Int) throws(ParquetProblem) -> [UInt32] {
        guard (0...32).contains(width) else { throw .damaged("numbers of \(width) bits") }
        var values: [UInt32] = []
        values.reserveCapacity(count)
        while values.count < count {
            let head = try varint()
            let wanted = count - values.count
            if head & 1 == 0 {
                let start = try take((width + 7) / 8).lowerBound
                let value = UInt32(truncatingIfNeeded: littleEndian(at: start, width: (width + 7) / 8))
                let length = Int(min(head >> 1, UInt64(wanted)))
                values.append(contentsOf: repeatElement(value, count: length))
            } else {
                guard head >> 1 <= UInt64(ParquetPageHeader.greatestValueCount) else {
                    throw .damaged("a run of \(head >> 1) groups")
                }
                let length = min(Int(head >> 1) * 8, wanted)
                // The padding of a last group may be missing.
                let end = position + Int(head >> 1) * width
                let isWhole = end <= bytes.count
                try unpack(length, width: width, into: &values)
                if isWhole { _ = try take(end - position) }
            }
        }
        return values
    }

    /// Whether the runs that come next are a single one that repeats `value` at least `count` times.
    func isOneRun(of value: UInt64, _ count: Int, width: Int) throws(ParquetProblem) -> Bool {
        var ahead = self
        guard let head = try? ahead.varint(), head & 1 == 0, head >> 1 >= UInt64(count) else { return false }
        let bytes = (width + 7) / 8
        let start = try ahead.take(bytes).lowerBound
        return ahead.littleEndian(at: start, width: bytes) == value
    }

    /// DELTA_BINARY_PACKED: the first number, then differences in blocks of miniblocks that have a width each.
    /// - Parameter limit: The most numbers that there may be.
    mutating func deltas(limit: Int) throws(ParquetProblem) -> [Int64] {
        let blockSize = try varint()
        let miniblocks = try varint()
        let count = try varint()
        guard count <= UInt64(limit) else { throw .damaged("\(count) numbers where \(limit) belong") }
        guard (1...PageCursor.greatestBlock).contains(blockSize), (1...blockSize).contains(miniblocks),
            blockSize % miniblocks == 0, blockSize / miniblocks % 8 == 0
        else { throw .damaged("blocks of \(blockSize) numbers in \(miniblocks) parts") }

        var values: [Int64] = []
        values.reserveCapacity(Int(count))
        var last = try zigzag()
        if count > 0 { values.append(last) }
        let length = Int(blockSize / miniblocks)
        var packed: [UInt64] = []
        while values.count < count {
            let least = try zigzag()
            let widths = try take(Int(miniblocks))
            for width in widths {
                // Miniblocks after the last number are not written.
                if values.count == count { break }
                packed.removeAll(keepingCapacity: true)
                try unpack(length, width: Int(bytes[width]), into: &packed)
                for delta in packed.prefix(Int(count) - values.count) {
                    last = last &+ least &+ Int64(bitPattern: delta)
                    values.append(last)
                }
            }
        }
        return values
    }

    /// DELTA_BINARY_PACKED numbers that are lengths.
    mutating func lengths(limit: Int) throws(ParquetProblem) -> [Int] {
        let lengths = try deltas(limit: limit)
        guard lengths.allSatisfy({ (0...Int64(Int32.max)).contains($0) }) else {
            throw .damaged("a text of impossible length")
        }
        return lengths.map { Int($0) }
    }

    /// Larger than any writer's blocks, which have 128 numbers as a rule.
    private static let greatestBlock: UInt64 = 1 << 16

    private mutating func zigzag() throws(ParquetProblem) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
