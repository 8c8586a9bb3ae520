import Foundation

/// The names of what a folder holds, in no order; none where there is no folder, or none that can be read.
public func fileNames(in folder: URL) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
}
