/// Reads the pickle of a state dict: names with tensors.
///
/// A pickle is a program for a machine with a stack (`pickletools` of Python documents every opcode). This reader knows
/// the opcodes and the names that `torch.save` writes for a state dict, and builds values of its own; every other one is
/// refused, with its place. Nothing of the file is ever executed.
struct StateDictPickle {
    private let bytes: [UInt8]
    private var position = 0
    /// Where the opcode begins that is being done.
    private var opcodeStart = 0
    private var stack: [PickleValue] = []
    /// How high the stack was at each mark that is open.
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]
    private var heap = PickleHeap()

    /// The tensors of a state dict by name.
    static func tensors(_ bytes: [UInt8]) throws(SafetensorsError) -> [String: TorchTensor] {
        var reader = StateDictPickle(bytes: bytes)
        let value = try reader.run()
        return try reader.stateDict(value)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func stateDict(_ value: PickleValue) throws(SafetensorsError) -> [String: TorchTensor] {
        guard case .dictionary(let dictionary) = value else {
            throw .badPickle(offset: opcodeStart, found: value.kind, expected: "a dictionary of tensors")
        }
        let items = heap.items[dictionary]
        var tensors: [String: TorchTensor] = [:]
        for index in stride(from: 0, to: items.count, by: 2) {
            guard case .string(let name) = items[index] else {
                throw .badPickle(offset: opcodeStart, found: items[index].kind, expected: "names of tensors")
            }
            guard case .tensor(let tensor) = items[index + 1] else {
                throw .badPickle(
                    offset: opcodeStart, found: "\(items[index + 1].kind) under '\(name)'",
                    expected: "a tensor under every name")
            }
            tensors[name] = tensor
        }
        return tensors
    }

    // MARK: Opcodes

    /// Does all opcodes up to STOP.
    private mutating func run() throws(SafetensorsError) -> PickleValue {
        while true {
            opcodeStart = position
            let opcode = try byte()
            switch opcode {
            case 0x80:  // PROTO
                let version = try byte()
                guard (2...5).contains(version) else {
                    throw failure("protocol \(version)", "protocol 2 to 5")
                }
            case 0x95: _ = try take(8)  // FRAME
            case UInt8(ascii: "N"): stack.append(.none)
            case 0x88: stack.append(.bool(true))
            case 0x89: stack.append(.bool(false))
            case UInt8(ascii: "K"): stack.append(.integer(Int(try byte())))
            case UInt8(ascii: "M"): stack.append(.integer(try integer(2)))
            case UInt8(ascii: "J"):
                stack.append(.integer(Int(Int32(truncatingIfNeeded: try integer(4)))))
            case 0x8A: stack.append(.integer(try long()))
            case UInt8(ascii: "G"):
                let bits = try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                stack.append(.number(Double(bitPattern: bits)))
            case 0x8C: stack.append(.string(try text(Int(try byte()))))
            case UInt8(ascii: "X"): stack.append(.string(try text(try integer(4))))
            case 0x8D: stack.append(.string(try text(try integer(8))))
            case UInt8(ascii: "("): marks.append(stack.count)
            case UInt8(ascii: ")"): stack.append(.tuple(heap.add([])))
            case UInt8(ascii: "t"): stack.append(.tuple(heap.add(try popMarked())))
            case 0x85...0x87: stack.append(.tuple(heap.add(try pop(Int(opcode) - 0x84))))
            case UInt8(ascii: "]"): stack.append(.list(heap.add([])))
            case UInt8(ascii: "l"): stack.append(.list(heap.add(try popMarked())))
            case UInt8(ascii: "a"): try append(try pop(1))
            case UInt8(ascii: "e"): try append(try popMarked())
            case UInt8(ascii: "}"): stack.append(.dictionary(heap.add([])))
            case UInt8(ascii: "d"):
                let items = try popMarked()
                stack.append(.dictionary(heap.add([])))
                try setItems(items)
            case UInt8(ascii: "s"): try setItems(try pop(2))
            case UInt8(ascii: "u"): try setItems(try popMarked())
            case UInt8(ascii: "q"): try remember(Int(try byte()))
            case UInt8(ascii: "r"): try remember(try integer(4))
            case 0x94: try remember(memo.count)
            case UInt8(ascii: "h"): try recall(Int(try byte()))
            case UInt8(ascii: "j"): try recall(try integer(4))
            case UInt8(ascii: "c"): stack.append(.global(try global(try line(), try line())))
            case 0x93:
                let names = try pop(2)
                guard case .string(let module) = names[0], case .string(let name) = names[1] else {
                    throw failure("a name that is no string", "strings")
                }
                stack.append(.global(try global(module, name)))
            case UInt8(ascii: "Q"): stack.append(.storage(try storage(try pop(1)[0])))
            case UInt8(ascii: "R"): try reduce()
            case UInt8(ascii: "b"): try build()
            case UInt8(ascii: "."): return try pop(1)[0]
            default:
                throw failure(
                    "the opcode 0x\(String(opcode, radix: 16))", "the opcodes of a state dict, and no others")
            }
        }
    }

    /// Gives a function its arguments: an empty ordered dictionary, a tensor, or a parameter, which is its tensor.
    private mutating func reduce() throws(SafetensorsError) {
        let call = try pop(2)
        guard case .global(let global) = call[0], case .tuple(let tuple) = call[1] else {
            throw failure("a call of \(call[0].kind)", "a function and a tuple")
        }
        let arguments = heap.items[tuple]
        switch global {
        case .orderedDictionary where arguments.isEmpty: stack.append(.dictionary(heap.add([])))
        case .rebuildTensor where arguments.count >= 4: stack.append(.tensor(try tensor(arguments)))
        case .rebuildParameter:
            guard case .tensor? = arguments.first else {
                throw failure("a parameter without a tensor", "a tensor")
            }
            stack.append(arguments[0])
        case .orderedDictionary, .rebuildTensor, .storage:
            throw failure(
                "a call of \(global.name) with \(arguments.count) arguments",
                "an empty OrderedDict, or a tensor's storage, offset, shape and strides")
        }
    }

    /// What a dictionary has besides its items, such as the versions of modules, is left out.
    private mutating func build() throws(SafetensorsError) {
        let state = try pop(1)[0]
        guard case .dictionary? = stack.last, case .dictionary = state else {
            throw failure("a state of \(stack.last?.kind ?? "nothing")", "a dictionary's")
        }
    }

    /// `('storage', torch.FloatStorage, '0', 'cpu', 12)`
    private func storage(_ value: PickleValue) throws(SafetensorsError) -> TorchStorage {
        guard case .tuple(let tuple) = value, heap.items[tuple].count == 5,
            case .string("storage") = heap.items[tuple][0],
            case .global(.storage(let type)) = heap.items[tuple][1],
            case .string(let key) = heap.items[tuple][2], case .integer(let count) = heap.items[tuple][4],
            count >= 0
        else {
            throw failure("a persistent id of another kind", "a storage with its type, name and size")
        }
        return TorchStorage(type: type, key: key, count: count)
    }

    /// - Parameter arguments: Storage, offset, shape, strides; what follows says nothing of the values.
    private func tensor(_ arguments: [PickleValue]) throws(SafetensorsError) -> TorchTensor {
        guard case .storage(let storage) = arguments[0], case .integer(let offset) = arguments[1] else {
            throw failure("a tensor of \(arguments[0].kind)", "a storage and an offset")
        }
        let shape = try integers(arguments[2])
        let strides = try integers(arguments[3])
        guard shape.count == strides.count else {
            throw failure("\(shape.count) sides and \(strides.count) strides", "a stride for each side")
        }
        return TorchTensor(storage: storage, offset: offset, shape: shape, strides: strides)
    }

    private func integers(_ value: PickleValue) throws(SafetensorsError) -> [Int] {
        guard case .tuple(let tuple) = value else { throw failure(value.kind, "a tuple of numbers") }
        var integers: [Int] = []
        for item in heap.items[tuple] {
            guard case .integer(let integer) = item else { throw failure(item.kind, "a whole number") }
            integers.append(integer)
        }
        return integers
    }

    private func global(_ module: String, _ name: String) throws(SafetensorsError) -> PickleGlobal {
        guard let global = PickleGlobal(module: module, name: name) else {
            throw failure("the name '\(module).\(name)'", "the names of a state dict, and no others")
        }
        return global
    }

    // MARK: Stack and memo

    private mutating func pop(_ count: Int) throws(SafetensorsError) -> [PickleValue] {
        guard stack.count - (marks.last ?? 0) >= count else { throw failure("an empty stack", "a value") }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popMarked() throws(SafetensorsError) -> [PickleValue] {
        guard let mark = marks.popLast() else { throw failure("no mark", "a mark") }
        defer { stack.removeLast(stack.count - mark) }
        return Array(stack[mark...])
    }

    private mutating func append(_ values: [PickleValue]) throws(SafetensorsError) {
        guard case .list(let list)? = stack.last else {
            throw failure("\(stack.last?.kind ?? "nothing") to append to", "a list")
        }
        heap.append(values, to: list)
    }

    /// - Parameter items: Keys and values by turns.
    private mutating func setItems(_ items: [PickleValue]) throws(SafetensorsError) {
        guard case .dictionary(let dictionary)? = stack.last, items.count % 2 == 0 else {
            throw failure("\(stack.last?.kind ?? "nothing") to set items of", "a dictionary, and pairs")
        }
        heap.append(items, to: dictionary)
    }

    private mutating func remember(_ place: Int) throws(SafetensorsError) {
        guard let value = stack.last else { throw failure("an empty stack", "a value to remember") }
        memo[place] = value
    }

    private mutating func recall(_ place: Int) throws(SafetensorsError) {
        guard let value = memo[place] else { throw failure("no value \(place)", "one that was remembered") }
        stack.append(value)
    }

    // MARK: Bytes

    private mutating func byte() throws(SafetensorsError) -> UInt8 { try take(1)[position - 1] }

    private mutating func take(_ count: Int) throws(SafetensorsError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - position else { throw failure("the end of the file", "an opcode") }
        position += count
        return bytes[position - count..<position]
    }

    /// A little-endian number; one beyond `Int` is refused.
    private mutating func integer(_ size: Int) throws(SafetensorsError) -> Int {
        let number = try take(size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let integer = Int(exactly: number) else { throw failure("the number \(number)", "less") }
        return integer
    }

    /// A number with its length before it, in two's complement.
    private mutating func long() throws(SafetensorsError) -> Int {
        let size = Int(try byte())
        guard size <= 8 else { throw failure("a number of \(size) bytes", "8 at most") }
        let bytes = try take(size)
        let sign: UInt64 = bytes.last.map { $0 >= 0x80 ? .max : 0 } ?? 0
        return Int(truncatingIfNeeded: bytes.reversed().reduce(sign) { $0 << 8 | UInt64($1) })
    }

    private mutating func text(_ size: Int) throws(SafetensorsError) -> String {
        guard let text = String(validating: try take(size), as: UTF8.self) else {
            throw failure("a string that is not UTF-8", "UTF-8")
        }
        return text
    }

    /// What stands before the next end of a line.
    private mutating func line() throws(SafetensorsError) -> String {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            throw failure("a name without an end", "a line")
        }
        let line = try text(end - position)
        position += 1
        return line
    }

    private func failure(_ found: String, _ expected: String) -> SafetensorsError {
        .badPickle(offset: opcodeStart, found: found, expected: expected)
    }
}
