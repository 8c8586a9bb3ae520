import CBundle

/// The files of `datasets/` that the program carries, so that it works far from its checkout.
package enum BundledFiles {
    /// Relative to `datasets/`, such as `front-desk.yaml` and `front-desk/messages.csv`; in order.
    package static let paths: [String] = (0..<cb_file_count()).map {
        String(cString: cb_file_at($0).pointee.path)
    }

    /// nil if the program carries no such file.
    package static func bytes(of path: String) -> [UInt8]? {
        guard let index = paths.firstIndex(of: path) else { return nil }
        let file = cb_file_at(index).pointee
        return Array(UnsafeBufferPointer(start: file.begin, count: file.end - file.begin))
    }
}
