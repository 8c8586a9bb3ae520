import Corpora
import DeterministicWork
import Foundation
import SafeFiles
import Tables
import Testing

/// Names of classes as the hub's files tell them.
@Suite struct HubFeaturesTests {
    private func names(_ list: String) -> [String]? {
        HubFeatures(
            #"{"info": {"features": {"label": {"names": \#(list), "_type": "ClassLabel"}}}}"#
        )?.classNames(of: "label")
    }

    @Test func namesThatAreNumbersAreNames() {
        #expect(names(#"["sad", "glad"]"#) == ["sad", "glad"])
        #expect(names("[1, 2, 3]") == ["1", "2", "3"])
        #expect(names(#"[0.5, "x"]"#) == ["0.5", "x"])
        #expect(names("[]") == nil && names("[null, 1]") == nil && names("[[1]]") == nil)
    }
}

/// Files of pyarrow, pandas and Polars, all of one table, and what damage does to them.
@Suite struct ParquetTests {
    private static let folder = oracles.appendingPathComponent("parquet")

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".parquet") }.sorted()
    }()

    private static func bytes(_ name: String) throws -> [UInt8] {
        try InputFile(folder.appendingPathComponent(name)).readToEnd()
    }

    /// All rows; a cell for each column.
    private static func rows(_ bytes: [UInt8]) throws -> (columns: [String], rows: [[Cell]]) {
        var reader = try RecordReader(ByteSource(bytes, name: "data"), .parquet)
        let wanted = Array(reader.columns.indices)
        var rows: [[Cell]] = []
        while let (place, cells) = try reader.next(wanted) {
            rows.append(cells)
            #expect(place.line == rows.count)
        }
        return (reader.columns, rows)
    }

    /// The columns that hold no lists.
    private static let plain = [
        "id", "text", "spam", "sentiment", "note", "stars", "big", "steps", "huge", "small", "single",
        "double", "gap", "sure", "nothing",
    ]

    /// Columns, read `count` rows at a time.
    private static func columns(_ bytes: [UInt8], _ count: Int, of names: [String]) throws -> [TextColumn] {
        var reader = try RecordReader(ByteSource(bytes, name: "data"), .parquet)
        let wanted = try names.map { try reader.column($0) }
        var columns = wanted.map { _ in TextColumn() }
        while try reader.read(count, wanted, into: &columns) > 0 {}
        return columns
    }

    private static let reals: Set = ["single", "double", "gap"]

    @Test func allFormsAreThere() {
        #expect(Self.names.count == 20)
    }

    @Test(arguments: names) func readsBackExactly(file: String) throws {
        let (columns, rows) = try Self.rows(Self.bytes(file))
        var golden = try JSONLinesReader(ByteSource(Self.folder.appendingPathComponent("table.jsonl")))
        var row = 0
        while let expected = try golden.next() {
            #expect(columns == expected.entries.map(\.key))
            for (column, (name, value)) in expected.entries.enumerated() {
                switch (value, rows[row][column]) {
                case (.text(let a), .text(let b)) where Self.reals.contains(name):
                    // The fewest digits differ for single precision; the number must not.
                    #expect(name == "single" ? Float(a) == Float(b) : Double(a) == Double(b))
                case (.text(let a), .text(let b)) where file == "pandas.parquet" && name == "stars":
                    // pandas makes floats of whole numbers with gaps.
                    #expect(Double(a) == Double(b))
                case (let a, let b):
                    #expect(a == b, "\(name), row \(row)")
                }
            }
            row += 1
        }
        #expect(rows.count == row && row == 101)
    }

    /// Batches that end inside pages, at their ends and beyond the file.
    @Test(arguments: names, [1, 7, 50, 101, Int.max])
    func columnsHaveTheTextsOfTheRows(file: String, count: Int) throws {
        let bytes = try Self.bytes(file)
        let (names, rows) = try Self.rows(bytes)
        let columns = try Self.columns(bytes, count, of: Self.plain)
        for (name, column) in zip(Self.plain, columns) {
            let index = try #require(names.firstIndex(of: name))
            #expect(column.count == rows.count)
            for (text, row) in zip(column, rows) {
                #expect(text.map(Cell.text) ?? .missing == row[index], "\(name)")
            }
        }
    }

    @Test func listsAreNoTexts() throws {
        let bytes = try Self.bytes("plain.parquet")
        #expect(throws: TableError.self) { try Self.columns(bytes, 10, of: ["tags"]) }
    }

    @Test func columnsAreReadAloneAndMayBeChanged() throws {
        let source = try ByteSource(Self.folder.appendingPathComponent("groups.parquet"))
        var reader = try RecordReader(source, .parquet)
        let id = try reader.column("id")
        let stars = try reader.column("stars")
        for _ in 0..<50 { _ = try reader.next([id]) }
        let next = try reader.next([stars, id])
        #expect(next?.cells[1] == .text("fd-0051"))
        #expect(throws: TableError.self) { try reader.column("star") }
    }

    @Test func loadsAsACorpus() throws {
        let folder = try TestFolder([:])
        try folder.write(Self.bytes("pandas.parquet"), to: "a.parquet")
        let corpus = try loadCorpus(
            folder.schema("{file: a.parquet, columns: {id: id}, labels: {column: emotions}}"))
        #expect(corpus.count == 101 && corpus.labelSpace.kind == .multilabel)
        #expect(try corpus.fingerprint == Fingerprint.sha256(of: Self.bytes("pandas.parquet")))
        let classes = try loadCorpus(folder.schema("{file: a.parquet, labels: {column: sentiment}}"))
        #expect(classes.labelSpace.names == ["negative", "neutral", "positive"])
        let flags = try loadCorpus(
            folder.schema("{file: a.parquet, labels: {columns: [gap, spam]}}"), missing: .dropped)
        #expect(flags.count == 100 && flags.droppedRowCount == 1)
    }

    @Test func complaints() throws {
        func complaint(_ bytes: [UInt8]) -> String? {
            do { _ = try Self.rows(bytes) } catch { return "\(error)" }
            return nil
        }
        #expect(
            complaint(Array("text,label\na,b\n and more".utf8))?.contains("data: not a Parquet file") == true)
        let whole = try Self.bytes("zstd-v1.parquet")
        #expect(
            complaint(Array(whole.dropLast(3)))?.contains("data: the bytes end in the middle of the file")
                == true)
        var broken = whole
        for index in 40..<60 { broken[index] ^= 0x55 }
        let found = try #require(complaint(broken))
        #expect(found.hasPrefix("data: column 'id', page 1: "))
    }

    /// Bytes changed, cut out, repeated or set to extremes: an error or a table, and never a crash. Any number of rounds
    /// can be asked for; the usual few keep the suite quick.
    @Test func damageIsAnErrorAtWorst() throws {
        let rounds = ProcessInfo.processInfo.environment["BAKEOFF_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 2_000
        let files = try Self.names.map(Self.bytes)
        let outcomes = parallelMap(rounds, blockSize: 64) { round -> Bool in
            var random = RandomStream(seed: 0x5041_5231, stream: UInt64(round))
            var bytes = files[random.next(below: files.count)]
            Self.damage(&bytes, &random)
            do { for count in [9, Int.max] { _ = try Self.columns(bytes, count, of: Self.plain) } } catch {
                if !(error is TableError) { return false }
            }
            do { _ = try Self.rows(bytes) } catch { return error is TableError ? true : false }
            return false
        }
        #expect(outcomes.count { $0 } > rounds / 2)
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout RandomStream) {
        // The footer is a tenth of a file and the most interesting part.
        let isFooter = random.next(below: 2) == 0
        let from = isFooter ? bytes.count - bytes.count / 5 : 0
        for _ in 0...random.next(below: 4) {
            guard bytes.count - from > 8 else { return }
            let place = from + random.next(below: bytes.count - from)
            switch random.next(below: 6) {
            case 0: bytes[place] ^= 1 << UInt8(random.next(below: 8))
            case 1: bytes[place] = UInt8(random.next(below: 256))
            case 2: bytes[place] = [0, 0x7F, 0x80, 0xFF][random.next(below: 4)]
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 8)))
            case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 5)], at: place)
            default:
                let other = from + random.next(below: bytes.count - from)
                bytes.swapAt(place, other)
            }
        }
    }
}
