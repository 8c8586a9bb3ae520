import Foundation
import Labels
import Testing

/// `report.html` in a browser: it says nothing on the console, overflows nowhere on a phone or a desk, sorts its tables,
/// moves its threshold to the scores of its tables, opens the rows of its confusions, and passes checks of accessibility, in light and dark.
///
/// The browser is a Chromium, which nothing else here needs and which takes longer to install than the tests to run; so
/// they run where one is, and say so where none is.
@Suite(.enabled(if: Browser.found != nil, "no chromium, chromium-browser or google-chrome on the PATH"))
struct PageTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("PageChecks.js")

    /// The widths of a phone and of a screen.
    private static let widths = [360, 1280]

    @Test(arguments: [false, true])
    func reportsHaveNoFaults(isDark: Bool) throws {
        let browser = try #require(Browser.found)
        let runs = try [SmallRun(.multilabel), SmallRun(.multiclass), SmallRun(.binary)]
        defer { runs.forEach { $0.remove() } }
        let visit = try browser.faults(
            of: runs.map { $0.folder.page }, widths: Self.widths, script: Self.script, isDark: isDark)
        #expect(visit.console == [])
        #expect(visit.faults == [])
    }

    /// Each of these breaks a rule, and must be found.
    @Test(arguments: [
        ("<main id=\"content\">", "<main id=\"content\"><img src=\"data:,\">", "has no words"),
        (
            "<main id=\"content\">", "<main id=\"content\"><p style=\"width:2000px\">wide</p>",
            "reaches beyond"
        ),
        ("<main id=\"content\">", "<main id=\"content\"><button></button>", "has no name"),
        ("<main id=\"content\">", "<main id=\"content\"><h4>deep</h4>", "not one heading of level 1"),
        ("--soft:#59636e", "--soft:#a9b3be", "contrast"), ("scope=\"col\"", "", "no scope"),
        ("? a.number - b.number", "? 0", "before"),
        ("a.number - b.number", "b.number - a.number", "ascending: '"),
        ("body.append(...", "(() => 0)(...", "before"), ("</script>", ";noSuchName()</script>", "console"),
    ])
    func faultsAreFound(part: String, broken: String, fault: String) throws {
        try expectFault(.multilabel, part: part, broken: broken, fault: fault)
    }

    /// The same of what answers to the reader.
    @Test(arguments: [
        (LabelKind.multilabel, "right += next()", "right += 2 * next()", "the slider says"),
        (.binary, "[right + counts[0]", "[right + counts[1]", "of the positive label"),
        (.multilabel, "2 * right, right + wrong + have", "right, right + wrong + have", "the slider says"),
        (.multilabel, "control.disabled = false", "control.title = ''", "does not move"),
        (.multilabel, "output.textContent = threshold", "0", "the output is late"),
        (
            .multilabel, "input.setAttribute('aria-valuetext', threshold)", "0",
            "does not say where it is"
        ),
        (.multilabel, "<label for=\"slider1\">", "<label>", "has no label"),
        (.multiclass, "list.open = rows.open = true", "list.open = true", "opens nothing"),
        (.multiclass, "cells[given + 1], summary", "cells[given], summary", "opens other rows"),
        (.multiclass, "cell.replaceChildren(button)", "0", "a confusion cannot be opened"),
        (.multiclass, " data-cell=\"0 1\"", "", "not those of the matrix"),
        (.multilabel, "<li><code>", "<p><code>", "0 rows shown"),
    ])
    func faultsOfWhatAnswersAreFound(kind: LabelKind, part: String, broken: String, fault: String) throws {
        try expectFault(kind, part: part, broken: broken, fault: fault)
    }

    private func expectFault(_ kind: LabelKind, part: String, broken: String, fault: String) throws {
        let browser = try #require(Browser.found)
        let run = try SmallRun(kind)
        defer { run.remove() }
        let page = try String(contentsOf: run.folder.page, encoding: .utf8)
        try #require(page.contains(part))
        try Data(page.replacingOccurrences(of: part, with: broken).utf8).write(to: run.folder.page)
        let visit = try browser.faults(
            of: [run.folder.page], widths: [360], script: Self.script, isDark: false)
        #expect(
            (visit.faults + visit.console.map { "console: \($0)" }).contains { $0.contains(fault) },
            "\(visit)")
    }
}

/// A Chromium without a window.
struct Browser {
    private let executable: URL

    /// The one that `BAKEOFF_BROWSER` names, or the first on the PATH.
    static let found: Browser? = {
        let environment = ProcessInfo.processInfo.environment
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let places =
            (environment["BAKEOFF_BROWSER"].map { [$0] } ?? [])
            + ["chromium", "chromium-browser", "google-chrome"].flatMap { name in
                folders.map { "\($0)/\(name)" }
            }
        return places.first { FileManager.default.isExecutableFile(atPath: $0) }.map {
            Browser(executable: URL(fileURLWithPath: $0))
        }
    }()

    struct Visit {
        let faults: [String]
        /// What the page said on the console, errors that nobody caught among it.
        let console: [String]
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Loads each page at each width in an iframe of one harness, and runs `script` over them.
    func faults(of pages: [URL], widths: [Int], script: URL, isDark: Bool) throws -> Visit {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "browser-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let frames = pages.enumerated().flatMap { number, page in
            widths.map { width in
                "<iframe title=\"page \(number) at \(width)\" src=\"\(page.absoluteString)\" width=\"\(width)\" "
                    + "height=\"900\" style=\"border:0\"></iframe>\n"
            }
        }
        let harness = """
            <!doctype html><meta charset="utf-8"><body>
            \(frames.joined())<script>window.onload = () => {
            \(try String(contentsOf: script, encoding: .utf8))};</script>
            """
        let file = folder.appendingPathComponent("harness.html")
        try Data(harness.utf8).write(to: file)
        let (dom, log) = try dump(file, in: folder, isDark: isDark)
        guard let list = dom.firstMatch(of: /<pre id="faults">((?s:.*?))<\/pre>/) else {
            throw Failure(
                description: "the checks did not run to their end: \(dom.suffix(500)) \(log.suffix(2000))")
        }
        return Visit(
            faults: list.1.split(separator: "\n").map(String.init),
            console: log.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init))
    }

    /// The document as it is once everything in it is loaded, and the browser's log.
    private func dump(_ page: URL, in folder: URL, isDark: Bool) throws -> (dom: String, log: String) {
        let (output, log) = (folder.appendingPathComponent("dom"), folder.appendingPathComponent("log"))
        for file in [output, log] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = executable
        process.arguments =
            [
                "--headless=new", "--disable-gpu", "--no-first-run", "--enable-logging=stderr",
                "--allow-file-access-from-files",
                "--user-data-dir=\(folder.appendingPathComponent("profile").path)",
                // Only a file of our own is loaded, and a container's root could not start it otherwise.
                "--no-sandbox",
            ] + (isDark ? ["--blink-settings=preferredColorScheme=0"] : []) + [
                "--dump-dom", page.absoluteString,
            ]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        let deadline = Date(timeIntervalSinceNow: 120)
        while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.02) }
        let isLate = process.isRunning
        if isLate { process.terminate() }
        process.waitUntilExit()
        let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
        if isLate {
            throw Failure(description: "the browser did not end in two minutes: \(text.suffix(2000))")
        }
        return (String(decoding: try Data(contentsOf: output), as: UTF8.self), text)
    }
}
