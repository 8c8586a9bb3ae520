/// What the footer of a Parquet file tells (https://github.com/apache/parquet-format, `parquet.thrift`), as far as it
/// is needed here. Field numbers are those of the definition.
struct ParquetMetadata {
    var schema: [Element] = []
    var rowGroups: [RowGroup] = []
    /// What writers add of their own, such as `pandas` or `huggingface`.
    var keyValues: [String: String] = [:]

    /// A node of the schema; the tree is written depth first.
    struct Element {
        var type: Int?
        var typeLength = 0
        var repetition = Repetition.required
        var name = ""
        var childCount = 0
        var convertedType: Int?
        /// The number of the field of the union `LogicalType`.
        var logicalType: Int?
        /// Of a logical integer.
        var isUnsigned = false
    }

    enum Repetition: Int {
        case required, optional, repeated
    }

    struct RowGroup {
        var rowCount = 0
        var columns: [Chunk] = []
    }

    /// The pages of one column in one row group.
    struct Chunk {
        var isElsewhere = false
        var isEncrypted = false
        var type = -1
        var codec = 0
        var valueCount = 0
        /// Of all pages, unpacked and packed.
        var size = 0
        var packedSize = 0
        var dataOffset = 0
        var dictionaryOffset: Int?
    }

    init(_ reader: inout ThriftReader) throws(ParquetProblem) {
        var last = 0
        while let (id, kind) = try reader.nextField(after: &last) {
            switch id {
            case 2:
                for _ in 0..<(try reader.list(kind, of: .structure)) { schema.append(try Element(&reader)) }
            case 4:
                for _ in 0..<(try reader.list(kind, of: .structure)) {
                    rowGroups.append(try RowGroup(&reader))
                }
            case 5:
                for _ in 0..<(try reader.list(kind, of: .structure)) { try readKeyValue(&reader) }
            case 8: throw .encrypted
            default: try reader.skip(kind)
            }
        }
    }

    private mutating func readKeyValue(_ reader: inout ThriftReader) throws(ParquetProblem) {
        var (key, value): (String?, String?)
        var last = 0
        while let (id, kind) = try reader.nextField(after: &last) {
            switch id {
            case 1: key = try reader.text(kind)
            case 2: value = try reader.text(kind)
            default: try reader.skip(kind)
            }
        }
        if let key, let value { keyValues[key] = value }
    }
}

extension ParquetMetadata.Element {
    init(_ reader: inout ThriftReader) throws(ParquetProblem) {
        var last = 0
        while let (id, kind) = try reader.nextField(after: &last) {
            switch id {
            case 1: type = try reader.integer(kind)
            case 2: typeLength = try reader.integer(kind)
            case 3:
                guard let known = ParquetMetadata.Repetition(rawValue: try reader.integer(kind)) else {
                    throw .damaged("a column that is neither required, optional nor repeated")
                }
                repetition = known
            case 4: name = try reader.text(kind)
            case 5: childCount = try reader.integer(kind)
            case 6: convertedType = try reader.integer(kind)
            case 10: try readLogicalType(&reader, kind)
            default: try reader.skip(kind)
            }
        }
    }

    private mutating func readLogicalType(
        _ reader: inout ThriftReader, _ kind: ThriftReader.Kind
    ) throws(ParquetProblem) {
        try reader.requireStructure(kind)
        var last = 0
        while let (id, kind) = try reader.nextField(after: &last) {
            logicalType = id
            try reader.requireStructure(kind)
            var inner = 0
            while let (field, kind) = try reader.nextField(after: &inner) {
                if id == ParquetLeaf.LogicalType.integer, field == 2 {
                    isUnsigned = try !reader.truth(kind)
                } else {
                    try reader.skip(kind)
                }
            }
        }
    }
}

extension ParquetMetadata.RowGroup {
    init(_ reader: inout ThriftReader) throws(ParquetProblem) {
        var last = 0
        while let (id, kind) = try reader.nextField(after: &last) {
            switch id {
            case 1:
                for _ in 0..<(try reader.list(kind, of: .structure)) {
                    columns.append(try ParquetMetadata.Chunk(&reader))
                }
            case 3: rowCount = try reader.integer(kind)
            default: try reader.skip(kind)
            }
        }
    }
}

extension ParquetMetadata.Chunk {
    init(_ reader: inout ThriftReader) throws(ParquetProblem) {
        var last = 0
        while let (id, kind) = try reader.nextField(after: &last) {
            switch id {
            case 1:
                isElsewhere = true
                try reader.skip(kind)
            case 3: try readColumnMetadata(&reader, kind)
            case 8:
                isEncrypted = true
                try reader.skip(kind)
            default: try reader.skip(kind)
            }
        }
    }

    private mutating func readColumnMetadata(
        _ reader: inout ThriftReader, _ kind: ThriftReader.Kind
    ) throws(ParquetProblem) {
        try reader.requireStructure(kind)
        var last = 0
        while let (id, kind) = try reader.nextField(after: &last) {
            switch id {
            case 1: type = try reader.integer(kind)
            case 4: codec = try reader.integer(kind)
            case 5: valueCount = try reader.integer(kind)
            case 6: size = try reader.integer(kind)
            case 7: packedSize = try reader.integer(kind)
            case 9: dataOffset = try reader.integer(kind)
            case 11: dictionaryOffset = try reader.integer(kind)
            default: try reader.skip(kind)
            }
        }
    }
}
