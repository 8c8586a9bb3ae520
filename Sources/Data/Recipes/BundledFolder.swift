import CBundle

/// The files of a folder of the checkout that the program carries, so that it works far from its checkout.
package struct BundledFolder: Sendable {
    /// The recipes, and the datasets that we wrote.
    package static let datasets = BundledFolder("datasets")
    /// The experiments on them.
    package static let experiments = BundledFolder("experiments")

    /// Relative to the folder, such as `front-desk.yaml` and `front-desk/messages.csv`; in order.
    package let paths: [String]
    /// Where each is among all files that the program carries.
    private let indices: [Int]

    /// - Parameter name: The folder's path from the top folder.
    package init(_ name: String) {
        let start = name + "/"
        let files = (0..<cb_file_count()).map {
            (index: $0, path: String(cString: cb_file_at($0).pointee.path))
        }
        .filter { $0.path.hasPrefix(start) }
        paths = files.map { String($0.path.dropFirst(start.count)) }
        indices = files.map(\.index)
    }

    /// nil if the program carries no such file.
    package func bytes(of path: String) -> [UInt8]? {
        guard let place = paths.firstIndex(of: path) else { return nil }
        let file = cb_file_at(indices[place]).pointee
        return Array(UnsafeBufferPointer(start: file.begin, count: file.end - file.begin))
    }
}
