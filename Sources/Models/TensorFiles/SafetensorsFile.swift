import Foundation

/// A safetensors file: tensors are read when asked for.
public final class SafetensorsFile: TensorFile {
    /// The header's `__metadata__`.
    public let metadata: [String: String]
    public let path: String
    public let contents: TensorContents

    /// Opens the file and checks its header.
    public init(_ file: URL) throws(SafetensorsError) {
        path = file.path
        do {
            let plain = try PlainFile(file)
            let header = try SafetensorsFile.header(of: plain)
            metadata = header.metadata
            contents = TensorContents(entries: header.entries, file: plain)
        } catch {
            throw .inFile(path: file.path, error)
        }
    }

    private static func header(of file: PlainFile) throws(SafetensorsError) -> SafetensorsHeader {
        func with<R>(
            _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(SafetensorsError) -> R
        ) throws(SafetensorsError) -> R {
            var result: Result<R, SafetensorsError>?
            bytes.withUnsafeBytes { bytes in
                do throws(SafetensorsError) { result = .success(try body(bytes)) } catch {
                    result = .failure(error)
                }
            }
            guard let result else { preconditionFailure("the body has run") }
            return try result.get()
        }
        let length = try file.bytes(0..<min(file.size, SafetensorsHeader.lengthSize))
        let end = try with(length) { bytes throws(SafetensorsError) in
            try SafetensorsHeader.end(beginning: bytes, fileSize: file.size)
        }
        return try with(try file.bytes(0..<end)) { bytes throws(SafetensorsError) in
            try SafetensorsHeader(file: bytes, fileSize: file.size)
        }
    }
}
