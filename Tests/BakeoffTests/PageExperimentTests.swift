import Bakeoff
import Foundation
import Testing

/// The experiment files that pages show are ones that the program understands.
@Suite struct PageExperimentTests {
    static let pages = Page.paths.filter { $0 == "README.md" || $0.hasPrefix("docs/") }

    /// A block that shows some keys alone is completed to an experiment first.
    private func completed(_ block: String) -> String {
        var text = block
        func has(_ key: String) -> Bool { text.split(separator: "\n").contains { $0.hasPrefix(key + ":") } }
        if !has("dataset"), !has("tasks") { text += "\ndataset: {recipe: front-desk-spam}\n" }
        if !has("contestants") { text += "\ncontestants: [dummy]\n" }
        return text
    }

    /// What stands in code font within a sentence as keys of an experiment, each as an experiment.
    private func mentioned(in page: Page) -> [String] {
        page.code.map { $0.replacing("\\|", with: "|") }.compactMap { code in
            // `{recipe: NAME}` stands for many.
            if code.contains(/\b[A-Z]+\b/) { return nil }
            if code.starts(with: /(?:clean|split|thresholds|report): \{/) { return code }
            guard code.starts(with: /labels: \{/) else { return nil }
            let files = code.contains("files") ? "files: {train: a.csv, test: b.csv}" : "file: a.csv"
            return "dataset: {\(files), \(code)}"
        }
    }

    @Test(arguments: pages) func everyKeyIsKnown(_ path: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "pages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = try Page(path)
        for block in page.blocks("yaml") + mentioned(in: page) {
            // The files that it names are there, and empty.
            for name in block.matches(of: /[\w*-]+\.(?:csv|tsv|txt|jsonl|parquet)\b/) {
                let file = folder.appendingPathComponent(String(name.0).replacing("*", with: "0"))
                try Data().write(to: file)
            }
            let url = folder.appendingPathComponent("experiment.yaml")
            let isRubric = block.hasPrefix("points:")
            try Data((isRubric ? block : completed(block)).utf8).write(to: url)
            do {
                if isRubric {
                    _ = try Rubric(contentsOf: url, baselines: ["majority", "tfidf-lr"])
                    continue
                }
                let file = try ExperimentFile(contentsOf: url)
                // The keys of a dataset are read when it is; what is in the files does not matter here.
                guard block.contains(/\bfiles?:/) else { continue }
                for task in file.tasks {
                    do { _ = try task.dataset.load(cache: folder) } catch let error as SettingsError {
                        throw error
                    } catch {}
                }
            } catch {
                Issue.record("\(path): \(error)\n\(block)")
            }
        }
    }

    @Test func keysInSentencesAreFound() throws {
        #expect(try mentioned(in: Page("docs/datasets.md")).count > 5)
    }
}
