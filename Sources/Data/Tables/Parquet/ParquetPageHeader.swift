/// What stands before the bytes of a page (`PageHeader` of `parquet.thrift`).
struct ParquetPageHeader {
    var type = -1
    var size = -1
    var packedSize = -1
    /// Of levels, nulls included; of a dictionary, its values.
    var valueCount = 0
    var encoding = 0
    /// Version 2 of data pages: bytes of levels, which are never packed, and whether the rest is.
    var definitionSize = 0
    var repetitionSize = 0
    var isPacked = true

    static let dataPage = 0
    static let dictionaryPage = 2
    static let dataPageV2 = 3

    /// More than any writer puts in a page: a guard against damaged counts.
    static let greatestSize = 1 << 30
    static let greatestValueCount = 1 << 26

    init(_ reader: inout ThriftReader) throws(ParquetProblem) {
        var last = 0
        while let (id, kind) = try reader.nextField(after: &last) {
            switch id {
            case 1: type = try reader.integer(kind)
            case 2: size = try reader.integer(kind)
            case 3: packedSize = try reader.integer(kind)
            case 5, 7, 8: try readDetails(&reader, kind, isV2: id == 8)
            default: try reader.skip(kind)
            }
        }
        guard (0...ParquetPageHeader.greatestSize).contains(size), packedSize >= 0,
            (0...ParquetPageHeader.greatestValueCount).contains(valueCount), definitionSize >= 0,
            repetitionSize >= 0, definitionSize <= packedSize, repetitionSize <= packedSize - definitionSize
        else { throw .damaged("impossible sizes in the header of a page") }
    }

    /// The first two fields are the same for all types of page, and differ for version 2 alone.
    private mutating func readDetails(
        _ reader: inout ThriftReader, _ kind: ThriftReader.Kind, isV2: Bool
    ) throws(ParquetProblem) {
        try reader.requireStructure(kind)
        var last = 0
        while let (id, kind) = try reader.nextField(after: &last) {
            switch (id, isV2) {
            case (1, _): valueCount = try reader.integer(kind)
            case (2, false), (4, true): encoding = try reader.integer(kind)
            case (5, true): definitionSize = try reader.integer(kind)
            case (6, true): repetitionSize = try reader.integer(kind)
            case (7, true): isPacked = try reader.truth(kind)
            default: try reader.skip(kind)
            }
        }
    }
}
