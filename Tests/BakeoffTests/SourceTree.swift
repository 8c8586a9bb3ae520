import Foundation

/// What Sources holds, by name.
enum SourceTree {
    static let files = Page.files(in: "Sources").filter { $0.hasSuffix(".swift") } + ["Package.swift"]

    static let fileNames = Set(files.map { ($0 as NSString).lastPathComponent })

    /// The modules of each floor: its folders.
    static let modules = Dictionary(
        uniqueKeysWithValues: ["Base", "Comparison", "Data", "Measures", "Models"].map { floor in
            (
                floor,
                Page.files(in: "Sources/\(floor)", deep: false).map { ($0 as NSString).lastPathComponent }
            )
        })

    /// What Package.swift has a module import.
    static func imports(of module: String) throws -> [String] {
        let manifest = try Page("Package.swift").text
        let target = try Regex(#""\#(module)",\s*\[([^\]]*)\]"#)
        let list = try target.firstMatch(in: manifest)?[1].substring ?? ""
        return list.matches(of: /"(\w+)"/).map { String($0.1) }
    }

    private static let text = files.compactMap {
        try? String(contentsOf: Page.repository.appendingPathComponent($0), encoding: .utf8)
    }.joined(separator: "\n")

    /// Every type that is declared, by its own name.
    static let types = declared(/\b(?:struct|class|enum|protocol|actor|typealias) ([A-Z]\w*)/)

    /// Every function, property and case that is declared, by its own name.
    static let members = declared(/\b(?:func|var|let|case) `?([a-z]\w*)/).union(["init"])

    private static func declared(_ pattern: Regex<(Substring, Substring)>) -> Set<String> {
        Set(text.matches(of: pattern).map { String($0.1) })
    }
}
