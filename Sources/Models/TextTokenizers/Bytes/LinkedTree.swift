/// A trie whose nodes are numbered in the order in which the keys bring them in; each parent before its children.
struct LinkedTree {
    struct Node {
        let byte: UInt8
        let parent: Int32
        var value: Int32 = -1
        /// 0 for none. Siblings are linked in no order.
        var firstChild: Int32 = 0
        var nextSibling: Int32 = 0
    }

    struct Child {
        let byte: UInt8
        let node: Int
    }

    private(set) var nodes = [Node(byte: 0, parent: -1)]
    /// The nodes but the root by their parent and byte, in open addressing; 0 where a slot is free. A power of two, at least
    /// half of them free.
    private var slots = [Int32](repeating: 0, count: 1024)

    init<Key: Sequence<UInt8>>(_ pairs: some Sequence<(key: Key, value: Int32)>) {
        nodes.reserveCapacity(2 * pairs.underestimatedCount)
        for (key, value) in pairs {
            // A string's bytes one by one take twice as long as where they stand in memory.
            let known: Void? = key.withContiguousStorageIfAvailable { insert($0, value) }
            if known == nil { insert(key, value) }
        }
    }

    private mutating func insert(_ key: some Sequence<UInt8>, _ value: Int32) {
        var node = 0
        for byte in key { node = child(of: node, by: byte) }
        nodes[node].value = value
    }

    /// The child, which is added if there is none.
    private mutating func child(of parent: Int, by byte: UInt8) -> Int {
        let slot = slot(of: Int32(parent), byte)
        if slots[slot] > 0 { return Int(slots[slot]) }
        let child = nodes.count
        nodes.append(Node(byte: byte, parent: Int32(parent), nextSibling: nodes[parent].firstChild))
        nodes[parent].firstChild = Int32(child)
        slots[slot] = Int32(child)
        if 2 * nodes.count > slots.count { grow() }
        return child
    }

    /// The slot that holds the child, or the free one where it belongs.
    private func slot(of parent: Int32, _ byte: UInt8) -> Int {
        let mask = slots.count - 1
        // Fibonacci hashing (Knuth, volume 3, 6.4).
        let hash = (UInt64(parent) << 8 | UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
        var slot = Int(hash >> 32) & mask
        while slots[slot] > 0 {
            let node = nodes[Int(slots[slot])]
            if node.parent == parent && node.byte == byte { break }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: 2 * slots.count)
        for (index, node) in nodes.enumerated().dropFirst() {
            slots[slot(of: node.parent, node.byte)] = Int32(index)
        }
    }

    /// Puts the children of a node in a buffer, by ascending bytes.
    func children(of node: Int, into children: inout [Child]) {
        children.removeAll(keepingCapacity: true)
        var child = Int(nodes[node].firstChild)
        while child > 0 {
            let node = nodes[child]
            children.append(Child(byte: node.byte, node: child))
            child = Int(node.nextSibling)
        }
        if children.count > 1 { children.sort { $0.byte < $1.byte } }
    }
}
