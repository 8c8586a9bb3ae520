/// A column of a Parquet file: how its values are stored, and what they mean.
struct ParquetLeaf {
    /// The name of a plain column or of a list; names joined by `.` inside a structure.
    let name: String
    let storage: Storage
    /// What makes values text, or why they cannot be.
    let meaning: Meaning
    /// How many of its parents and itself may be absent or repeated: the definition level of a value that is there.
    let definitionLevel: Int
    /// 0 or 1 in what is read here.
    let repetitionLevel: Int
    /// The definition level of an item of the list; 0 where it is no list.
    let itemLevel: Int

    /// Parquet's `Type`.
    enum Storage: Equatable {
        case boolean, int32, int64, int96, float, double, byteArray
        case fixed(Int)

        init?(_ type: Int?, length: Int) {
            switch type {
            case 0: self = .boolean
            case 1: self = .int32
            case 2: self = .int64
            case 3: self = .int96
            case 4: self = .float
            case 5: self = .double
            case 6: self = .byteArray
            case 7 where length > 0: self = .fixed(length)
            default: return nil
            }
        }

        /// Bytes of a value that all have the same width; nil for texts and truth values.
        var width: Int? {
            switch self {
            case .boolean, .byteArray: nil
            case .int32, .float: 4
            case .int64, .double: 8
            case .int96: 12
            case .fixed(let length): length
            }
        }
    }

    enum Meaning: Equatable {
        case text, truth, signed, unsigned, real
        case unsupported(String)
    }

    /// The fields of Parquet's union `LogicalType` that matter here.
    enum LogicalType {
        static let string = 1
        static let `enum` = 4
        static let integer = 10
        static let json = 12
        /// Of types that are numbers underneath but mean something else.
        static let names = [
            5: "decimals", 6: "dates", 7: "times", 8: "timestamps", 13: "BSON", 14: "UUIDs",
            15: "16-bit floats",
        ]
    }

    /// Of the older `ConvertedType`.
    private enum ConvertedType {
        static let names = [
            5: "decimals", 6: "dates", 7: "times", 8: "times", 9: "timestamps", 10: "timestamps", 20: "BSON",
            21: "intervals",
        ]
        static let unsigned = 11...14
    }

    /// The leaves of a schema, in the order of the columns of a row group.
    static func leaves(of schema: [ParquetMetadata.Element]) throws(ParquetProblem) -> [ParquetLeaf] {
        guard let root = schema.first else { throw .damaged("it has no schema") }
        var leaves: [ParquetLeaf] = []
        var next = 1
        for _ in 0..<max(0, root.childCount) {
            try read(schema, &next, Path(), into: &leaves)
        }
        if next != schema.count { throw .damaged("its schema has nodes left over") }
        return leaves
    }

    /// What is known of the way from the root to a node.
    private struct Path {
        var names: [String] = []
        var definition = 0
        var repetition = 0
        var itemLevel = 0
        /// Whether some node on the way has several children, so that one name does not tell them apart.
        var branches = false
    }

    /// Deeper than anybody nests columns.
    private static let greatestDepth = 32

    private static func read(
        _ schema: [ParquetMetadata.Element], _ next: inout Int, _ parent: Path,
        into leaves: inout [ParquetLeaf]
    ) throws(ParquetProblem) {
        guard schema.indices.contains(next) else { throw .damaged("its schema lacks nodes") }
        guard parent.names.count < greatestDepth else { throw .damaged("its schema is nested too deep") }
        let element = schema[next]
        next += 1
        var path = parent
        path.names.append(element.name)
        if element.repetition != .required { path.definition += 1 }
        if element.repetition == .repeated {
            path.repetition += 1
            path.itemLevel = path.definition
        }
        if element.childCount > 0 {
            if element.childCount > 1 { path.branches = true }
            for _ in 0..<element.childCount { try read(schema, &next, path, into: &leaves) }
        } else {
            leaves.append(try ParquetLeaf(element, path))
        }
    }

    private init(_ element: ParquetMetadata.Element, _ path: Path) throws(ParquetProblem) {
        guard let storage = Storage(element.type, length: element.typeLength) else {
            throw .damaged("column '\(element.name)' has no known type")
        }
        name = path.branches || path.repetition == 0 ? path.names.joined(separator: ".") : path.names[0]
        self.storage = storage
        meaning =
            path.repetition > 1 ? .unsupported("a list of lists") : ParquetLeaf.meaning(element, storage)
        definitionLevel = path.definition
        repetitionLevel = path.repetition
        itemLevel = path.itemLevel
    }

    private static func meaning(_ element: ParquetMetadata.Element, _ storage: Storage) -> Meaning {
        let special =
            element.logicalType.flatMap { LogicalType.names[$0] }
            ?? element.convertedType.flatMap { ConvertedType.names[$0] }
        if let special { return .unsupported("a column of \(special)") }
        switch storage {
        case .boolean: return .truth
        case .int32, .int64:
            let isUnsigned =
                element.isUnsigned
                || element.convertedType.map { ConvertedType.unsigned.contains($0) } ?? false
            return isUnsigned ? .unsigned : .signed
        case .float, .double: return .real
        case .byteArray: return .text
        case .int96: return .unsupported("a column of timestamps")
        case .fixed: return .unsupported("a column of byte strings of fixed length")
        }
    }
}
