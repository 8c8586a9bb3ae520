import Foundation

/// What Sources holds, by name.
enum SourceTree {
    static let files = Page.files(in: "Sources").filter { $0.hasSuffix(".swift") } + ["Package.swift"]

    static let fileNames = Set(files.map { ($0 as NSString).lastPathComponent })
}
