import LinearAlgebra

/// The rows of a matrix in a file of tensors, which are read when they are asked for.
///
/// The file stays open. Who writes to it meanwhile makes an error, and no mixture of two files' rows.
package struct TensorRows: Sendable {
    package let rowCount: Int
    package let columns: Int
    private let name: String
    private let path: String
    private let entry: TensorEntry
    private let contents: TensorContents

    /// - Precondition: The entry is F32, F16 or BF16, of two dimensions, and its elements stand in order.
    fileprivate init(_ name: String, _ entry: TensorEntry, in file: some TensorFile) {
        precondition(entry.shape.count == 2 && entry.strides == nil)
        (rowCount, columns) = (entry.shape[0], entry.shape[1])
        self.name = name
        path = file.path
        self.entry = entry
        contents = file.contents
    }

    /// Writes rows, all of them finite numbers. Shape: [rows.count, columns].
    /// - Throws: `.inFile` with `.truncated`, `.notFinite` or what else is wrong with the file.
    package func copy(
        _ rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
    ) throws(SafetensorsError) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount)
        precondition(buffer.count == rows.count * columns)
        do throws(SafetensorsError) {
            try contents.copyFloats(
                entry, rows.lowerBound * columns..<rows.upperBound * columns, into: buffer)
            if !UnsafeBufferPointer(buffer).allFinite { throw .notFinite(tensor: name) }
        } catch {
            throw .inFile(path: path, error)
        }
    }

    /// Throws `.changed` if the file is not what it was when it was opened, so that what was read is to be thrown away.
    package func requireUnchanged() throws(SafetensorsError) {
        do throws(SafetensorsError) {
            try contents.file.requireUnchanged()
        } catch {
            throw .inFile(path: path, error)
        }
    }
}

extension TensorFile {
    /// The rows of a matrix; nil where they do not stand one after another.
    /// - Throws: As `floats`.
    package func rows(_ name: String, shape: [Int]) throws(SafetensorsError) -> TensorRows? {
        let entry = try entry(name, shape: shape)
        try requireFloats(name, entry)
        return entry.shape.count == 2 && entry.strides == nil ? TensorRows(name, entry, in: self) : nil
    }
}
