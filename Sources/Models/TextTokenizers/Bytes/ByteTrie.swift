/// A map from byte strings to numbers that finds the longest key a text begins with: a trie in a double array
/// (Aoe 1989). The child of node `n` by byte `b` is cell `base(n) + b`, if that cell's parent is `n`.
package struct ByteTrie: Sendable {
    package typealias Node = Int32

    private struct Cell {
        /// Where the children of this node begin.
        var base: Int32 = 0
        /// -1 marks a free cell.
        var parent: Int32 = -1
        /// What the key that ends here stands for; -1 if none does.
        var value: Int32 = -1
    }

    package static let root: Node = 0
    /// 256 cells longer than the last base, so that a step needs no test of its own.
    private var cells = [Cell](repeating: Cell(), count: 512)

    /// - Parameter pairs: cells near each other go to keys near each other here, so the most frequent should come first.
    /// - Precondition: keys are distinct and not empty, values not negative.
    package init<Key: Sequence<UInt8>>(_ pairs: some Sequence<(key: Key, value: Int32)>) {
        let tree = LinkedTree(pairs)
        /// The cell of each node of the tree.
        var cellOf = [Int32](repeating: 0, count: tree.nodes.count)
        var search = Search()
        cells[0].parent = .max  // taken, and nobody's child
        var children: [LinkedTree.Child] = []
        var bytes: [Int] = []
        for (i, node) in tree.nodes.enumerated() {
            let parent = cellOf[i]
            cells[Int(parent)].value = node.value
            if node.firstChild == 0 { continue }
            tree.children(of: i, into: &children)
            bytes.removeAll(keepingCapacity: true)
            for child in children { bytes.append(Int(child.byte)) }
            let base = bytes.count == 1 ? placeOne(&search) - bytes[0] : place(bytes, &search)
            cells[Int(parent)].base = Int32(base)
            for child in children {
                let cell = base + Int(child.byte)
                cells[cell].parent = parent
                cellOf[child.node] = Int32(cell)
            }
        }
    }

    /// Where the search for free cells begins: for one cell, and for several at once.
    private struct Search {
        var one = 256  // so that no base is 0 or less
        var several = 256
        /// When a search for several went farther than this, the next begins where it ended. Single cells fill what
        /// is left behind.
        static let patience = 64
    }

    /// The first free cell, which is where the only child of a node goes.
    private mutating func placeOne(_ search: inout Search) -> Int {
        while cells[search.one].parent >= 0 {
            search.one += 1
            grow(to: search.one)
        }
        return search.one
    }

    /// A base at which all of `bytes` (ascending, two at least) fall on free cells.
    private mutating func place(_ bytes: [Int], _ search: inout Search) -> Int {
        var candidate = max(placeOne(&search), search.several)
        let first = candidate
        while true {
            grow(to: candidate)
            if cells[candidate].parent < 0 {
                let base = candidate - bytes[0]
                if bytes.allSatisfy({ cells[base + $0].parent < 0 }) {
                    if candidate - first > Search.patience { search.several = candidate }
                    return base
                }
            }
            candidate += 1
        }
    }

    private mutating func grow(to position: Int) {
        while cells.count < position + 512 {
            cells.append(contentsOf: repeatElement(Cell(), count: cells.count))
        }
    }

    /// The child of `node` by `byte`, or -1.
    @inline(__always)
    func child(of node: Node, by byte: UInt8) -> Node {
        let child = Int(cells[Int(node)].base) + Int(byte)
        return cells[child].parent == node ? Node(truncatingIfNeeded: child) : -1
    }

    /// The node that `path` leads to from `node`, if there is one.
    func node(after path: some Sequence<UInt8>) -> Node? {
        var node = Self.root
        for byte in path {
            node = child(of: node, by: byte)
            if node < 0 { return nil }
        }
        return node
    }

    /// The longest key that `bytes[range]` begins with, where `start` stands for a beginning that is already read.
    /// - Returns: its end in `bytes` and its value (-1 where there is none).
    @inline(__always)
    package func longestMatch(_ bytes: [UInt8], _ range: Range<Int>, from start: Node) -> (
        end: Int, value: Int32
    ) {
        var node = start
        var position = range.lowerBound
        var best: (end: Int, value: Int32) = (position, -1)
        while position < range.upperBound {
            node = child(of: node, by: bytes[position])
            if node < 0 { break }
            position += 1
            let value = cells[Int(node)].value
            if value >= 0 { best = (position, value) }
        }
        return best
    }

    /// Calls `body` with the end and the value of every key that `bytes[range]` begins with, the shortest first.
    @inline(__always)
    func forEachMatch(_ bytes: [UInt8], _ range: Range<Int>, _ body: (_ end: Int, _ value: Int32) -> Void) {
        var node = Self.root
        for position in range {
            node = child(of: node, by: bytes[position])
            if node < 0 { return }
            let value = cells[Int(node)].value
            if value >= 0 { body(position + 1, value) }
        }
    }
}
