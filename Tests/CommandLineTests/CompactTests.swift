import Foundation
import Testing

/// `report --compact` from the command line: what it says, and what other commands make of a compact run.
@Suite struct CompactTests {
    /// A run of the small experiment.
    private func run(_ arguments: String...) throws -> Program {
        let program = try Program()
        try program.write(RunTests.experiment, to: "small.yaml")
        try #require(program.run(["run", "small.yaml"] + arguments).status == 0)
        return program
    }

    @Test func compactRunsAreReadByAllCommands() throws {
        let program = try run("--seeds", "2")
        let readme = try program.read("reports/small/README.md")
        let predictions = try program.read("reports/small/predictions/vader.csv")
        let page = try program.read("reports/small/report.html")
        try #require(
            program.run(
                "run", "small.yaml", "--seeds", "2", "--output", "reports/whole", "--models", "runs/whole"
            ).status == 0)
        let compact = try program.run("report", "reports/small", "--compact")
        try #require(compact.status == 0, "\(compact.errors)")
        #expect(!program.exists("reports/small/report.html"))
        #expect(!program.exists("reports/small/seeds/43/predictions/vader.csv"))
        let verified = try program.run("report", "reports/small", "--verify")
        #expect(verified.status == 0 && verified.errors.contains("every number agrees"), "\(verified.errors)")
        // Verification renders nothing.
        #expect(!program.exists("reports/small/report.html"))
        #expect(try program.run("compare", "reports/small", "reports/whole").status == 0)

        #expect(try program.run("report", "reports/small").status == 0)
        #expect(try program.read("reports/small/report.html") == page)
        #expect(try program.read("reports/small/README.md") == readme)

        try program.remove("reports/small/predictions/vader.csv.gz")
        try program.write(predictions, to: "reports/small/predictions/vader.csv")
        try program.write(predictions, to: "reports/small/predictions/vader.csv.gz")
        let doubled = try program.run("report", "reports/small", "--verify")
        #expect(doubled.status == 2 && doubled.errors.contains("remove one of them"), "\(doubled.errors)")
        try program.remove("reports/small/predictions/vader.csv")
        let damaged = try program.run("report", "reports/small", "--verify")
        #expect(
            damaged.status == 2 && damaged.errors.contains("vader.csv.gz: not a readable archive"),
            "\(damaged.errors)")
    }

    /// A run goes on in a compact folder as if it were whole.
    @Test func aRunGoesOn() throws {
        let program = try run()
        let predictions = try program.read("reports/small/predictions/vader.csv")
        try #require(program.run("report", "reports/small", "--compact").status == 0)
        let again = try program.run("run", "small.yaml")
        #expect(
            again.status == 0 && again.errors.contains("vader: stored result is up to date"),
            "\(again.errors)")
        #expect(try program.read("reports/small/predictions/vader.csv") == predictions)
        #expect(
            !program.exists("reports/small/compact.json") && !program.exists("reports/small/split.csv.gz"))
        #expect(try program.run("report", "reports/small", "--verify").status == 0)

        try #require(program.run("report", "reports/small", "--compact", "--without-validation").status == 0)
        let partial = try program.run("report", "reports/small", "--verify")
        #expect(partial.status == 0 && partial.errors.contains("not computed again"), "\(partial.errors)")
        #expect(try program.run("run", "small.yaml").status == 0)
        #expect(try program.read("reports/small/predictions/vader.csv") == predictions)
        let whole = try program.run("report", "reports/small", "--verify")
        #expect(whole.status == 0 && !whole.errors.contains("not computed again"), "\(whole.errors)")
    }

    @Test func whatDoesNotVerifyIsNotMadeCompact() throws {
        let program = try run()
        try program.write(program.read("reports/small/README.md") + "more\n", to: "reports/small/README.md")
        #expect(try program.run("report", "reports/small", "--compact").status == 2)
        #expect(program.exists("reports/small/report.html") && !program.exists("reports/small/compact.json"))
    }

    @Test(arguments: [["--without-validation"], ["--compact", "--against", "none"]])
    func optionsThatDoNotGoTogether(options: [String]) throws {
        let program = try Program()
        #expect(try program.run(["report", "nowhere"] + options).status == 2)
    }

    /// Whoever depends on this package fetches its reports too.
    @Test func theCommittedReportsAreSmall() throws {
        let folder = Program.repository.appendingPathComponent("reports")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        let sizes = try (files?.compactMap { $0 as? URL } ?? []).map {
            try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        }
        #expect(sizes.count > 200)
        #expect(sizes.reduce(0, +) < 10_000_000)
    }
}
