/// Changes to a safetensors file that leave it one: its header, with the length that stands before it, and its numbers.
extension Mutation {
    /// Not a number, the infinities, the largest, one below the normal ones, minus nought.
    private static let patterns: [UInt32] = [
        0x7FC0_0000, 0x7F80_0000, 0xFF80_0000, 0x7F7F_FFFF, 0xFF7F_FFFF, 0x0000_0001, 0x8000_0000,
        0x7149_F2CA,
    ]

    mutating func changeTensors(_ bytes: inout [UInt8]) {
        guard bytes.count > 16 else { return change(&bytes) }
        let length = (0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[$1]) }
        guard length < bytes.count - 8 else { return change(&bytes) }
        let data = 8 + Int(length)
        if pick(2) == 0 {
            var header = Array(bytes[8..<data])
            changeToken(&header)
            bytes.replaceSubrange(8..<data, with: header)
            for place in 0..<8 { bytes[place] = UInt8(truncatingIfNeeded: header.count >> (8 * place)) }
        } else {
            let pattern = pick(from: Mutation.patterns)
            let count = (bytes.count - data) / 4
            guard count > 0 else { return }
            let first = pick(count)
            let changed = min(count - first, pick(from: [1, 4, 64, count]))
            for number in first..<first + changed {
                for byte in 0..<4 {
                    bytes[data + 4 * number + byte] = UInt8(truncatingIfNeeded: pattern >> UInt32(8 * byte))
                }
            }
        }
    }
}
