import SafeFiles

/// Reads one column of a Parquet file from the first row to the last, holding one page at a time.
struct ParquetColumnReader {
    private let file: RandomAccessFile
    private let leaf: ParquetLeaf
    /// The column's chunk of each row group, and the rows of the group.
    private let chunks: [(chunk: ParquetMetadata.Chunk, rows: Int)]

    private var nextChunk = 0
    /// Where the next page begins, and where the chunk ends.
    private var offset = 0
    private var end = 0
    private var codec = 0
    /// Values and rows of the chunk that are still to come.
    private var valuesLeft = 0
    private var rowsLeft = 0
    private var dictionary: TextColumn?
    /// Pages read so far.
    private var page = 0

    /// The texts of the page at hand or of its dictionary, and which of them each row has; in order where `rows` is
    /// empty.
    private var texts = TextColumn()
    private var rows: [UInt32] = []
    /// The rows of the page where they are lists, instead.
    private var lists: [Cell] = []
    /// The next row of the page.
    private var position = 0
    /// A list that the next page may go on with.
    private var openList: [String]?

    init(file: RandomAccessFile, leaf: ParquetLeaf, chunks: [(chunk: ParquetMetadata.Chunk, rows: Int)]) {
        self.file = file
        self.leaf = leaf
        self.chunks = chunks
    }

    private var isList: Bool { leaf.repetitionLevel > 0 }

    /// How many rows the page at hand has.
    private var held: Int { isList ? lists.count : rows.isEmpty ? texts.count : rows.count }

    /// The next row's cell; nil after the last.
    mutating func next() throws(TableError) -> Cell? {
        var nothing = TextColumn()
        while position == held {
            if try !advance(&nothing, room: 0) { return nil }
        }
        defer { position += 1 }
        if isList {
            // Taken out, not copied, so that no text is counted twice.
            var cell = Cell.missing
            swap(&cell, &lists[position])
            return cell
        }
        let row = rows.isEmpty ? UInt32(position) : rows[position]
        return row == TextColumn.none ? .missing : texts[Int(row)].map(Cell.text) ?? .missing
    }

    /// Appends the texts of the next `count` rows, which there must be.
    mutating func read(_ count: Int, into column: inout TextColumn) throws(TableError) {
        if isList { throw problem(.unsupported("lists where texts are asked for")) }
        let before = column.count
        if nextChunk == 0, count >= rowCount { reserve(in: &column) }
        while column.count - before < count {
            let room = count - (column.count - before)
            if position == held {
                if try advance(&column, room: room) { continue }
                throw problem(.truncated("the column"))
            }
            let taken = position..<position + min(held - position, room)
            position = taken.upperBound
            if rows.isEmpty {
                column.append(taken, of: texts)
            } else {
                do throws(ParquetProblem) {
                    try append(Array(rows[taken]), to: &column)
                } catch {
                    throw problem(error)
                }
            }
        }
    }

    private var rowCount: Int { chunks.reduce(0) { $0 &+ $1.rows } }

    /// Makes room for what the chunks say they hold, if it is believable.
    private func reserve(in column: inout TextColumn) {
        let said = chunks.reduce(0) { $0 &+ $1.chunk.size }
        let size = min(said, file.size.multipliedReportingOverflow(by: 32).partialValue, 1 << 30)
        column.reserve(bytes: max(0, size), rows: max(0, min(rowCount, 1 << 24)))
    }

    /// Opens or closes a chunk, or reads a page: into `column` if it has room for all its rows, else to be at hand;
    /// false at the end.
    private mutating func advance(_ column: inout TextColumn, room: Int) throws(TableError) -> Bool {
        position = 0
        releasePage()
        lists.removeAll(keepingCapacity: true)
        do throws(ParquetProblem) {
            if case .unsupported(let what) = leaf.meaning { throw .unsupported(what) }
            if valuesLeft > 0 {
                try readPage(&column, room: room)
            } else if try !closeChunk(), try !openChunk() {
                return false
            }
        } catch {
            throw problem(error)
        }
        return true
    }

    private func problem(_ problem: ParquetProblem) -> TableError {
        .parquet(ParquetError(file: file.name, column: leaf.name, page: page > 0 ? page : nil, problem))
    }

    // MARK: Chunks

    /// Begins the next chunk; false if there is none.
    private mutating func openChunk() throws(ParquetProblem) -> Bool {
        guard nextChunk < chunks.count else { return false }
        let (chunk, rows) = chunks[nextChunk]
        nextChunk += 1
        if chunk.isEncrypted { throw .encrypted }
        if chunk.isElsewhere { throw .unsupported("a column in another file") }
        let start = min(chunk.dataOffset, chunk.dictionaryOffset.flatMap { $0 > 0 ? $0 : nil } ?? .max)
        guard start >= ParquetFile.magic.count, chunk.packedSize >= 0, start <= file.size,
            chunk.packedSize <= file.size - start
        else { throw .damaged("its pages are said to be outside the file") }
        guard rows >= 0, chunk.valueCount >= 0, leaf.repetitionLevel > 0 || chunk.valueCount == rows else {
            throw .damaged("\(chunk.valueCount) values for \(rows) rows")
        }
        offset = start
        end = start + chunk.packedSize
        codec = chunk.codec
        valuesLeft = chunk.valueCount
        rowsLeft = rows
        dictionary = nil
        return true
    }

    /// Hands out the list that ended with the chunk, and checks the number of rows; false where nothing was left.
    private mutating func closeChunk() throws(ParquetProblem) -> Bool {
        if let list = openList {
            openList = nil
            try append(.list(list))
            return true
        }
        if rowsLeft > 0 { throw .damaged("\(rowsLeft) rows of a row group are missing") }
        return false
    }

    private mutating func append(_ cell: Cell) throws(ParquetProblem) {
        guard rowsLeft > 0 else { throw .damaged("more rows than the row group has") }
        rowsLeft -= 1
        lists.append(cell)
    }

    // MARK: Pages

    private mutating func readPage(_ column: inout TextColumn, room: Int) throws(ParquetProblem) {
        page += 1
        let header = try readHeader()
        guard header.packedSize <= end - offset else { throw .truncated("a page") }
        let bytes = try read(offset..<offset + header.packedSize)
        offset += header.packedSize
        switch header.type {
        case ParquetPageHeader.dictionaryPage:
            if dictionary != nil { throw .damaged("a second dictionary") }
            var cursor = PageCursor(try unpack(bytes, size: header.size))
            var words = TextColumn()
            try ParquetValues.plain(&cursor, count: header.valueCount, leaf: leaf, into: &words)
            dictionary = words
        case ParquetPageHeader.dataPage:
            guard header.valueCount <= valuesLeft else { throw .damaged("more values than the column has") }
            var cursor = PageCursor(try unpack(bytes, size: header.size))
            let repetition = try levels(&cursor, header.valueCount, greatest: leaf.repetitionLevel, size: nil)
            let definition = try levels(&cursor, header.valueCount, greatest: leaf.definitionLevel, size: nil)
            try readValues(&cursor, header, repetition, definition, &column, room: room)
        case ParquetPageHeader.dataPageV2:
            guard header.valueCount <= valuesLeft else { throw .damaged("more values than the column has") }
            var cursor = PageCursor(bytes)
            let repetition = try levels(
                &cursor, header.valueCount, greatest: leaf.repetitionLevel, size: header.repetitionSize)
            let definition = try levels(
                &cursor, header.valueCount, greatest: leaf.definitionLevel, size: header.definitionSize)
            let levelSize = header.repetitionSize + header.definitionSize
            let packed = Array(bytes[levelSize...])
            guard header.size >= levelSize else { throw .damaged("impossible sizes in the header of a page") }
            cursor = PageCursor(
                header.isPacked ? try unpack(packed, size: header.size - levelSize) : packed)
            try readValues(&cursor, header, repetition, definition, &column, room: room)
        default:
            break  // An index; what it tells is not needed.
        }
    }

    /// Reads a header, whose size is not known before, from a window that grows until it fits.
    private mutating func readHeader() throws(ParquetProblem) -> ParquetPageHeader {
        var size = ParquetColumnReader.usualHeaderSize
        while true {
            let window = offset..<min(end, offset + size)
            if window.isEmpty { throw .truncated("the column: \(valuesLeft) values are missing") }
            var reader = ThriftReader(try read(window))
            do throws(ParquetProblem) {
                let header = try ParquetPageHeader(&reader)
                offset += reader.position
                return header
            } catch {
                guard case .truncated = error, window.upperBound < end,
                    size < ParquetColumnReader.greatestHeaderSize
                else { throw error }
                size *= 16
            }
        }
    }

    /// Headers may hold the least and the greatest text of the page.
    private static let usualHeaderSize = 1 << 9
    private static let greatestHeaderSize = 1 << 25

    private func read(_ range: Range<Int>) throws(ParquetProblem) -> [UInt8] {
        do throws(FileError) { return try file.read(range) } catch { throw .damaged("\(error)") }
    }

    private func unpack(_ bytes: [UInt8], size: Int) throws(ParquetProblem) -> [UInt8] {
        let compression: Compression
        switch codec {
        case 0:
            guard bytes.count == size else { throw .damaged("impossible sizes in the header of a page") }
            return bytes
        case 1: compression = .snappy
        case 2: compression = .gzip
        case 6: compression = .zstd
        default:
            throw .unsupported("compression by \(ParquetColumnReader.otherCodecs[codec] ?? "codec \(codec)")")
        }
        // Nothing is left to unpack where a page of version 2 holds nulls alone.
        if size == 0 && bytes.isEmpty { return [] }
        guard let unpacked = compression.unpack(bytes, size: size) else {
            throw .cannotUnpack(codec: "\(compression)")
        }
        return unpacked
    }

    private static let otherCodecs = [3: "LZO", 4: "Brotli", 5: "LZ4", 7: "LZ4"]

    // MARK: Levels and values

    /// Levels of 0...`greatest`; empty where there is but one level, or all values of a plain column are there.
    /// - Parameter size: Their bytes in version 2; in version 1 a length stands before them.
    private func levels(
        _ cursor: inout PageCursor, _ count: Int, greatest: Int, size: Int?
    ) throws(ParquetProblem) -> [UInt32] {
        if greatest == 0 {
            _ = try cursor.take(size ?? 0)
            return []
        }
        let length = if let size { size } else { try cursor.length() }
        let range = try cursor.take(length)
        var inner = PageCursor(Array(cursor.bytes[range]))
        let width = Int.bitWidth - greatest.leadingZeroBitCount
        if !isList, try inner.isOneRun(of: UInt64(greatest), count, width: width) { return [] }
        let levels = try inner.runs(count, width: width)
        guard levels.allSatisfy({ $0 <= greatest }) else { throw .damaged("a level beyond the schema") }
        return levels
    }

    private mutating func readValues(
        _ cursor: inout PageCursor, _ header: ParquetPageHeader, _ repetition: [UInt32],
        _ definition: [UInt32], _ column: inout TextColumn, room: Int
    ) throws(ParquetProblem) {
        let greatest = UInt32(leaf.definitionLevel)
        let count = definition.isEmpty ? header.valueCount : definition.count { $0 == greatest }
        valuesLeft -= header.valueCount
        if !isList {
            guard header.valueCount <= rowsLeft else { throw .damaged("more rows than the row group has") }
            rowsLeft -= header.valueCount
        }
        if header.valueCount == 0 { return }
        if ParquetValues.usesDictionary(header.encoding) {
            guard let dictionary else { throw .damaged("a page refers to a dictionary that is not there") }
            rows = try ParquetValues.indices(&cursor, count, below: dictionary.count)
            texts = dictionary
        } else if !isList, definition.isEmpty, header.valueCount <= room {
            return try ParquetValues.read(
                &cursor, count: count, encoding: header.encoding, leaf: leaf, into: &column)
        } else {
            try ParquetValues.read(
                &cursor, count: count, encoding: header.encoding, leaf: leaf, into: &texts)
        }
        if isList { return try appendLists(repetition, definition) }
        if !definition.isEmpty { spreadRows(definition, greatest) }
        guard !rows.isEmpty, rows.count <= room else { return }
        try append(rows, to: &column)
        releasePage()
    }

    /// Appends the texts of rows of the page. A few bytes may say that ever the same long text is repeated.
    private func append(_ rows: [UInt32], to column: inout TextColumn) throws(ParquetProblem) {
        guard texts.byteCount(at: rows) <= ParquetPageHeader.greatestSize else {
            throw .unsupported("a page of more than 1 GiB of text")
        }
        column.append(texts, at: rows)
    }

    private mutating func releasePage() {
        // With rows the texts are the dictionary's, whose memory is not to be written over.
        if rows.isEmpty { texts.removeAll() } else { texts = TextColumn() }
        rows.removeAll(keepingCapacity: true)
    }

    /// Makes `rows`, of the values that are there, the rows of all levels.
    private mutating func spreadRows(_ definition: [UInt32], _ greatest: UInt32) {
        let values = rows
        var next = 0
        rows = definition.map { level in
            if level != greatest { return TextColumn.none }
            defer { next += 1 }
            return values.isEmpty ? UInt32(next) : values[next]
        }
    }

    /// A row begins where the repetition level is 0. Below the level of an item, the list is empty or missing.
    private mutating func appendLists(
        _ repetition: [UInt32], _ definition: [UInt32]
    ) throws(ParquetProblem) {
        var next = 0
        for (repeated, level) in zip(repetition, definition) {
            if repeated == 0 {
                if let list = openList { try append(.list(list)) }
                openList = nil
            } else if openList == nil {
                throw .damaged("a list goes on that did not begin")
            }
            if level == leaf.definitionLevel {
                guard let value = texts[rows.isEmpty ? next : Int(rows[next])] else { throw .nullInList }
                if openList == nil { openList = [] }
                openList?.append(value)
                next += 1
            } else if level >= leaf.itemLevel {
                throw .nullInList
            } else if repeated > 0 {
                throw .damaged("an empty list inside another")
            } else if level == leaf.itemLevel - 1 {
                openList = []
            } else {
                try append(.missing)
            }
        }
        releasePage()
    }
}
