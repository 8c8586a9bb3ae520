import Foundation
import Testing

/// ARCHITECTURE.md speaks of what is there.
@Suite struct ArchitectureTests {
    private let page: Page

    init() throws { page = try Page("ARCHITECTURE.md") }

    @Test func everyTypeIsDeclared() {
        var count = 0
        for code in page.code {
            guard let name = code.firstMatch(of: /^([A-Z]\w*[a-z]\w*)(?:[.(]|$)/)?.1,
                !code.hasSuffix(".swift")
            else {
                continue
            }
            let isThere =
                SourceTree.types.contains(String(name))
                || SourceTree.modules.values.joined().contains(String(name))
                || name == "BakeoffCommand"
            #expect(isThere, "\(code)")
            count += 1
        }
        #expect(count > 40)
    }

    /// A member or function in code font, `Type.member` or `someFunction`, is declared somewhere.
    @Test func everyMemberIsDeclared() {
        for code in page.code where code.contains(/^(?:[A-Z]\w*\.\w+|[a-z]+[A-Z]\w*)(?:\(.*\))?$/) {
            let path = code.prefix { $0 != "(" }
            let name = path.split(separator: ".").last.map(String.init) ?? ""
            // `Package.swift` is a file.
            if name != "swift" { #expect(SourceTree.members.contains(name), "\(code)") }
        }
    }

    /// The tables list every module, each with what it imports of its own floor.
    @Test func everyModuleIsListedWithItsImports() throws {
        var listed: [String] = []
        for row in page.tables.joined() {
            guard let names = row["module"]?.matches(of: /`(\w+)`/).map({ String($0.1) }) else { continue }
            listed += names
            for name in names {
                let floor = try #require(SourceTree.modules.first { $0.value.contains(name) })
                let imports = try SourceTree.imports(of: name).filter(floor.value.contains)
                let told = (row["imports"] ?? "").split(separator: ", ").map(String.init)
                #expect(told.sorted() == imports.sorted(), "\(name)")
            }
        }
        #expect(listed.sorted() == SourceTree.modules.values.joined().sorted())
    }

    /// The floors that a floor's modules may import besides their own.
    private static let below = [
        "Base": [], "Data": ["Base"], "Measures": ["Base"], "Models": ["Measures", "Base"],
    ]

    @Test func importsRunDownwards() throws {
        for (floor, below) in Self.below {
            let known = ([floor] + below).flatMap { SourceTree.modules[$0] ?? [] }
            #expect(!known.isEmpty)
            for module in SourceTree.modules[floor] ?? [] {
                let others = Set(try SourceTree.imports(of: module)).intersection(
                    SourceTree.modules.values.joined())
                #expect(others.isSubset(of: known), "\(module)")
            }
        }
    }
}
