import Foundation
import Labels
import Reports
import Results
import Testing

/// Whatever is changed by hand in what a run left behind, verification finds it.
@Suite struct VerificationTests {
    private static func isFound(_ folder: RunLayout) -> Bool {
        do {
            try folder.verify()
            return false
        } catch {
            return true
        }
    }

    /// Every number of a JSON text, in its own place: `: 1.5`, or alone on a line in a list.
    private static func numbers(_ json: String) -> [Range<String.Index>] {
        json.matches(of: /(?:: |\n +)(-?[0-9][0-9.e+-]*)(?=,?\n)/).map {
            $0.output.1.startIndex..<$0.output.1.endIndex
        }
    }

    /// Another number that stays of its kind and does not leave 0...1 where the first did not.
    private static func other(_ number: Substring) -> String {
        if let whole = Int(number) { return "\(whole == 0 ? 1 : whole - 1)" }
        return number.hasPrefix("0.5") ? "0.25" : "0.5"
    }

    @Test(arguments: [LabelKind.binary, .multiclass, .multilabel])
    func whatNobodyChangedPasses(kind: LabelKind) throws {
        let run = try SmallRun(kind)
        defer { run.remove() }
        try run.folder.verify()
    }

    /// One in eleven, since one digest is over them all.
    @Test func anyNumberOfTheResults() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        let json = try String(contentsOf: run.folder.results, encoding: .utf8)
        let numbers = Self.numbers(json)
        #expect(numbers.count > 800, "\(numbers.count)")
        var missed: [String] = []
        for range in numbers.enumerated().filter({ $0.offset % 11 == 0 }).map(\.element) {
            let changed = json.replacingCharacters(in: range, with: Self.other(json[range]))
            try Data(changed.utf8).write(to: run.folder.results)
            if !Self.isFound(run.folder) { missed.append("\(json[json.lineRange(for: range)])") }
        }
        #expect(missed == [])
    }

    /// The digest does not help where somebody makes it anew: what can be computed from the predictions must be.
    ///
    /// One number in five, or each of them if the environment has `BAKEOFF_EVERY_NUMBER`.
    @Test func derivedNumbersEvenUnderANewDigest() throws {
        let run = try SmallRun(.multilabel, draws: 20)
        defer { run.remove() }
        let json = try String(contentsOf: run.folder.results, encoding: .utf8)
        let timings = try #require(json.range(of: "\"timings\"")).lowerBound
        let options = try #require(json.firstMatch(of: /"options" : \{(?s:.*?)\n    \}/)).range
        let derived = Self.numbers(json).filter { $0.lowerBound < timings && !options.overlaps($0) }
        #expect(derived.count > 700, "\(derived.count)")
        let step = ProcessInfo.processInfo.environment["BAKEOFF_EVERY_NUMBER"] == nil ? 5 : 1
        var missed: [String] = []
        for range in derived.enumerated().filter({ $0.offset % step == 0 }).map(\.element) {
            let changed = json.replacingCharacters(in: range, with: Self.other(json[range]))
            guard var results = try? StableJSON.decode(ExperimentResults.self, from: Array(changed.utf8))
            else {
                continue
            }
            results.timings.sha256 = nil
            try results.write(to: run.folder)
            if !Self.isFound(run.folder) { missed.append("\(json[json.lineRange(for: range)])") }
        }
        #expect(missed == [])
    }

    @Test(arguments: [LabelKind.binary, .multiclass, .multilabel])
    func everyCellOfPredictionsSplitAndLeaks(kind: LabelKind) throws {
        let run = try SmallRun(kind)
        defer { run.remove() }
        let files =
            ["keen", "plain", "sure | blunt"].flatMap { id in
                [false, true].map { run.folder.predictions(of: id, validation: $0) }
            } + [run.folder.split, run.folder.leaks]
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            for row in lines.indices where !lines[row].isEmpty && (row < 3 || row % 13 == 0) {
                for (column, cell) in lines[row].split(separator: ",", omittingEmptySubsequences: false)
                    .enumerated()
                {
                    let kept = lines[row]
                    var cells = kept.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                    cells[column] =
                        switch cell {
                        case "test": "train"
                        case "train", "validation": "test"
                        case "calm": "joy"
                        case "joy", "": "calm"
                        default: Double(cell).map { $0 == 0 ? "1" : "\($0 / 2)" } ?? cell + "x"
                        }
                    lines[row] = cells.joined(separator: ",")
                    try Data(lines.joined(separator: "\n").utf8).write(to: file)
                    #expect(
                        Self.isFound(run.folder), "\(file.lastPathComponent): \(kept) became \(lines[row])")
                    lines[row] = kept
                }
            }
            let swapped = Array(lines.prefix(1) + [lines[2], lines[1]] + lines.dropFirst(3))
            if lines[2] != "" {
                try Data(swapped.joined(separator: "\n").utf8).write(to: file)
                #expect(Self.isFound(run.folder), "\(file.lastPathComponent): two rows exchanged")
            }
            try Data(text.utf8).write(to: file)
        }
        try run.folder.verify()
    }

    /// Each page, table and figure for itself, and all of them at once.
    @Test func whatIsMissingIsNamed() throws {
        let run = try SmallRun(.multilabel)
        defer { run.remove() }
        let report = try RenderedReport(run.results, in: run.folder)
        let all =
            FileManager.default.enumerator(atPath: run.folder.url.path)?.compactMap { $0 as? String } ?? []
        let rendered = all.filter { path in
            ["README.md", "report.html"].contains(path)
                || ["tables/", "figures/"].contains(where: path.hasPrefix)
        }
        #expect(rendered.count > 8, "\(rendered)")
        for path in rendered {
            let file = run.folder.url.appendingPathComponent(path)
            let bytes = try Data(contentsOf: file)
            try FileManager.default.removeItem(at: file)
            #expect(
                throws: ResultsError.reportIncomplete(
                    folder: run.folder.url.relativePath, missing: [path])
            ) { try report.verify() }
            try bytes.write(to: file)
        }
        try report.verify()
        for name in ["tables", "figures", "README.md"] {
            try FileManager.default.removeItem(at: run.folder.url.appendingPathComponent(name))
        }
        let error = #expect(throws: ResultsError.self) { try report.verify() }
        guard case .reportIncomplete(_, let missing) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(Set(missing) == Set(rendered).subtracting(["report.html"]))
        #expect(
            "\(ResultsError.reportIncomplete(folder: "o", missing: missing))".contains("tables/ranking.csv"))
    }

    /// Every figure with digits of the pages, every third of the many in tables, and those of a picture.
    @Test(arguments: [
        "README.md", "report.html", "tables/ranking.csv", "tables/ranking.tex", "tables/per-label.csv",
        "tables/per-label.tex", "figures/ranking.svg",
    ])
    func everyFigureOfPagesAndTables(path: String) throws {
        let run = try SmallRun(.multilabel)
        defer { run.remove() }
        let file = run.folder.url.appendingPathComponent(path)
        let text = try String(contentsOf: file, encoding: .utf8)
        let numbers = text.matches(of: /[0-9]+/).map(\.range).enumerated().filter { $0.offset % 23 == 0 }
            .map(\.element)
        #expect(numbers.count > 2)
        let report = try RenderedReport(run.results, in: run.folder)
        for range in numbers {
            let digit = text[range].last == "7" ? "3" : "7"
            let changed = text.replacingCharacters(in: range, with: text[range].dropLast() + digit)
            try Data(changed.utf8).write(to: file)
            let error = #expect(throws: ResultsError.self) { try report.verify() }
            guard case .reportDiffers(let name, let line, _, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            let expected = text[..<range.lowerBound].count { $0 == "\n" } + 1
            #expect(name.hasSuffix(path) && line == expected)
        }
        try Data(text.utf8).write(to: file)
        try report.verify()
    }
}
