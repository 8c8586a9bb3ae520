/// NumPy's `.npy` format, version 1.0 (NumPy Enhancement Proposal 1).
public enum NumPyFile {
    /// What precedes the numbers of a row-major float32 array of two dimensions.
    ///
    /// The whole is a multiple of 64 bytes, so that the numbers are aligned when the file is mapped.
    public static func header(rows: Int, columns: Int) -> [UInt8] {
        let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        let description = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
        let unpadded = magic.count + 2 + description.utf8.count + 1
        let padding = (64 - unpadded % 64) % 64
        let text = description + String(repeating: " ", count: padding) + "\n"
        return magic + [UInt8(text.utf8.count & 0xFF), UInt8(text.utf8.count >> 8)] + Array(text.utf8)
    }

    /// The numbers as little-endian bytes.
    public static func bytes(of values: [Float]) -> [UInt8] {
        var bytes = [UInt8]()
        bytes.reserveCapacity(4 * values.count)
        for value in values {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }
}
