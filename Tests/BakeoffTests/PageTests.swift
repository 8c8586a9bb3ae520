import Bakeoff
import Foundation
import Testing

/// What the pages of documentation name is there.
@Suite struct PageTests {
    @Test func thePagesAreFound() {
        for page in ["README.md", "ARCHITECTURE.md", "docs/experiments.md", "labs/README.md"] {
            #expect(Page.paths.contains(page))
        }
    }

    @Test(arguments: Page.paths) func linksLeadSomewhere(_ path: String) throws {
        let page = try Page(path)
        for link in page.links where !link.hasPrefix("https://") {
            let target = page.target(of: link)
            #expect(Page.exists(target), "\(path): \(link)")
            if let anchor = link.split(separator: "#").dropFirst().first {
                #expect(try Page(target).anchors.contains(String(anchor)), "\(path): \(link)")
            }
        }
    }

    /// A path in code font is one of the tree if it begins with one of these folders.
    private static let folders = [
        "Sources", "Tests", "Benchmarks", "docs", "labs", "scripts", "datasets", "experiments",
        "examples",
    ]

    @Test(arguments: Page.paths) func pathsAreThere(_ path: String) throws {
        for code in try Page(path).code {
            let name = code.split(separator: " ").first.map(String.init) ?? ""
            let first = name.split(separator: "/").first.map(String.init) ?? ""
            // `Sources/FLOOR/MODULE` stands for many.
            let isPattern = name.contains { "*<{".contains($0) } || name.contains(/\b[A-Z]{3,}\b/)
            if name.contains("/"), PageTests.folders.contains(first), !isPattern {
                #expect(Page.exists(name), "\(path): \(name)")
            } else if name.hasSuffix(".swift"), !isPattern {
                #expect(SourceTree.fileNames.contains(name), "\(path): \(name)")
            }
        }
    }

    @Test func systemPackagesAreThoseOfTheScripts() throws {
        let script = try Page("scripts/setup.sh").text
        let installed = script.matches(of: /\|\| echo ([\w-]+)/).map { String($0.1) }
        let line = try #require(
            try Page("CONTRIBUTING.md").blocks("sh").first { $0.hasPrefix("apt-get install ") })
        #expect(line.split(whereSeparator: \.isWhitespace).dropFirst(2).map(String.init) == installed)
    }

    /// The table of metrics on the page is the one of the program.
    @Test func metricsAreThoseOfTheProgram() throws {
        let page = try Page("docs/metrics.md").text
        let start = try #require(page.range(of: "<!-- bakeoff help metrics --markdown -->\n\n"))
        let end = try #require(page.range(of: "\n<!-- /metrics -->"))
        #expect(
            String(page[start.upperBound..<end.lowerBound]) == MetricReference.markdown,
            "put what 'bakeoff help metrics --markdown' prints in its place")
    }
}
