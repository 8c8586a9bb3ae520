import SafeFiles

/// A Parquet file (https://parquet.apache.org) of plain columns and lists, as pandas, pyarrow, Polars and the Hugging
/// Face hub write it.
///
/// Read are truth values, whole numbers, floating-point numbers, texts, and lists of these; uncompressed, Snappy, gzip
/// and Zstandard; all encodings that the format has for them; both versions of data pages. Anything else in a column
/// is an error when that column is asked for, and does not stand in the way of others.
struct ParquetFile {
    /// Where it stands at both ends.
    static let magic: [UInt8] = Array("PAR1".utf8)
    private static let encryptedMagic: [UInt8] = Array("PARE".utf8)

    let file: RandomAccessFile
    let columns: [String]
    let rowCount: Int
    private let leaves: [ParquetLeaf]
    private let rowGroups: [ParquetMetadata.RowGroup]
    /// What the Hugging Face hub says of the columns.
    private let features: HubFeatures?

    /// Reads the footer.
    init(_ file: RandomAccessFile) throws(TableError) {
        self.file = file
        do throws(ParquetProblem) {
            let metadata = try ParquetFile.metadata(of: file)
            leaves = try ParquetLeaf.leaves(of: metadata.schema)
            rowGroups = metadata.rowGroups
            features = metadata.keyValues["huggingface"].flatMap(HubFeatures.init)
            for group in rowGroups where group.columns.count != leaves.count {
                throw .damaged("a row group of \(group.columns.count) columns, not \(leaves.count)")
            }
        } catch {
            throw .parquet(ParquetError(file: file.name, error))
        }
        columns = leaves.map(\.name)
        rowCount = rowGroups.reduce(0) { $0 &+ $1.rowCount }
    }

    /// The names of the classes whose numbers a column holds; nil where the file does not tell.
    func classNames(ofColumn column: Int) -> [String]? { features?.classNames(of: columns[column]) }

    func isReadable(_ column: Int) -> Bool {
        if case .unsupported = leaves[column].meaning { false } else { true }
    }

    /// Whether a column holds one text a row.
    func isText(_ column: Int) -> Bool {
        leaves[column].meaning == .text && leaves[column].repetitionLevel == 0
    }

    /// The column with an index into `columns`, from its first row on.
    func reader(ofColumn column: Int) -> ParquetColumnReader {
        ParquetColumnReader(
            file: file, leaf: leaves[column], chunks: rowGroups.map { ($0.columns[column], $0.rowCount) })
    }

    /// The footer: metadata, its length in 4 bytes, and the magic.
    private static func metadata(of file: RandomAccessFile) throws(ParquetProblem) -> ParquetMetadata {
        let tailSize = 4 + magic.count
        guard file.size >= magic.count + tailSize, try read(file, 0..<magic.count) == magic else {
            throw .notParquet
        }
        let end = file.size - tailSize
        let tail = PageCursor(try read(file, end..<file.size))
        if tail.bytes[4...].elementsEqual(encryptedMagic) { throw .encrypted }
        guard tail.bytes[4...].elementsEqual(magic) else { throw .truncated("the file") }
        let size = Int(tail.littleEndian(at: 0, width: 4))
        guard size <= end - magic.count else { throw .truncated("its metadata") }
        var reader = ThriftReader(try read(file, end - size..<end))
        return try ParquetMetadata(&reader)
    }

    private static func read(
        _ file: RandomAccessFile, _ range: Range<Int>
    ) throws(ParquetProblem) -> [UInt8] {
        do throws(FileError) { return try file.read(range) } catch { throw .damaged("\(error)") }
    }
}
