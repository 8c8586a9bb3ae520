import Classes
import Evaluation
import Foundation
import Labels
import Results
import TestSupport
import Testing

/// Where teams stand.
@Suite struct BoardTests {
    @Test func namesAreOrderedAsPeopleCount() {
        let names = ["10.csv", "2.csv", "1.csv", "a10", "a2", "a02", "b", "2026-1-9", "2026-1-10"]
        #expect(
            names.sorted(by: ClassTeam.isBefore) == [
                "1.csv", "2.csv", "10.csv", "2026-1-9", "2026-1-10", "a02", "a2", "a10", "b",
            ])
        for (a, b) in [("", "a"), ("a", "a1"), ("a1", "a1b"), ("01", "1")] {
            #expect(ClassTeam.isBefore(a, b) && !ClassTeam.isBefore(b, a))
        }
        #expect(!ClassTeam.isBefore("a1", "a1"))
    }

    @Test func teamsAreFoldersFilesAndModels() throws {
        let folder = try TemporaryFolder()
        for name in [
            "owls/2.csv", "owls/10.csv", "owls/1.csv", "owls/1.yaml", "owls/.hidden", "owls/notes.md",
            "larks.csv", "larks.yaml", "crows/model/contestant.json", "wrens/config.json", "empty/notes.md",
            "README.md",
        ] {
            try folder.write("", to: name)
        }
        let teams = try ClassTeam.teams(in: folder.url)
        #expect(teams.map(\.name) == ["crows", "larks", "owls", "wrens"])
        #expect(
            teams.map { $0.entries.map(\.lastPathComponent) } == [
                ["model"], ["larks.csv"], ["1.csv", "2.csv", "10.csv"], ["wrens"],
            ])
        try folder.write("", to: "owls.csv")
        #expect(errorText { try ClassTeam.teams(in: folder.url) }.contains("are both of the team 'owls'"))
        #expect(errorText { try ClassTeam.teams(in: folder.file("empty")) }.contains("no entries"))
    }

    /// Entries of one class, by how many rows of each hundred they have right, and where not one label too far.
    private func entry(_ share: Int, _ secret: ClassSecret, from start: Int = 0) -> String {
        let names = secret.record.labelSpace.names
        return "id,predicted\n"
            + secret.rows.ids.indices.map { row in
                let gold = secret.rows.gold.labels(ofRow: row)[0]
                let isRight = (row * 37 + start) % 100 < share
                return "\(secret.rows.ids[row]),\(names[isRight ? gold : (gold + 1) % 3])\n"
            }.joined()
    }

    @Test func theBoardSaysWhatHappened() throws {
        let room = try Classroom.sentiment.get()
        let secret = try room.secret()
        let folder = try TemporaryFolder()
        // Owls: 60, 61 (not ahead), broken, 95 (ahead), 50 (not ahead, and the last). Larks: broken only. Crows: a model.
        for (name, text) in [
            ("1", entry(60, secret)), ("2", entry(61, secret)), ("3", "id,predicted\nx,y\n"),
            ("4", entry(95, secret)),
            ("5", entry(50, secret)),
        ] {
            try folder.write(text, to: "entries/owls/\(name).csv")
        }
        try folder.write("", to: "entries/larks.csv")
        try FileManager.default.copyItem(
            at: room.folder.file("class/secret/models/tfidf-lr"), to: folder.file("entries/crows"))
        let board = try ClassBoard(of: secret, entries: folder.file("entries"))
        #expect(board.histories.map(\.team) == ["crows", "larks", "owls"])
        let owls = board.histories[2]
        #expect(owls.steps.map(\.outcome) == [.shown, .notAhead, .invalid, .shown, .notAhead])
        func score(_ text: String, _ rows: ScoredRows) throws -> Double {
            let file = try folder.write(text, to: "one.csv")
            let entry = ClassEntry(file, of: secret)
            return try #require(entry.predictions?.selecting(secret.rows.indices(rows)).scorecard[.f1Macro])
        }
        let (first, best) = try (score(entry(60, secret), .public), score(entry(95, secret), .public))
        #expect(owls.steps.map(\.shown) == [first, first, first, best, best])
        #expect(owls.steps[2].faults == [.missingIDs, .unknownIDs, .unknownLabels])
        // Public: owls by their best; larks have none; crows are as good as the baseline that they are.
        #expect(
            board.publicStandings.places.first?.name == "owls"
                && board.publicStandings.places.first?.score == best)
        #expect(board.publicStandings.unscored == ["larks"] && board.finalStandings == nil)
        let crows = try #require(board.publicStandings.places.first { $0.name == "crows" })
        let ours = try #require(board.publicStandings.places.first { $0.name == "tfidf-lr" })
        #expect(
            crows.score == ours.score && crows.interval == ours.interval && ours.isBaseline
                && !crows.isBaseline)
        let tied = board.publicStandings.tieGroups.contains { group in
            let names = board.publicStandings.places[group[0] - 1...group[1] - 1].map(\.name)
            return names.contains("crows") && names.contains("tfidf-lr")
        }
        #expect(tied)

        // In the end the last valid entry counts, on the other rows.
        var options = ClassBoard.Options()
        options.showsFinal = true
        let end = try ClassBoard(of: secret, entries: folder.file("entries"), options: options)
        let last = try #require(end.finalStandings?.places.first { $0.name == "owls" })
        #expect(try last.score == score(entry(50, secret), .final))
        #expect(end.publicStandings == board.publicStandings)

        try end.write(to: folder.file("board"))
        #expect(try folder.names(in: "board") == ["README.md", "board.json", "index.html"])
        let page = try folder.read("board/README.md")
        for line in [
            "# mood: the board", "- Entry 1: **\(String(format: "%.4f", first))**.",
            "- Entry 2: not ahead of the best by more than chance.",
            "- Entry 3: not valid (missing-ids, unknown-ids, unknown-labels).",
            "- Without a valid entry: larks.",
            "## Final scores",
        ] {
            #expect(page.contains(line), "\(line) in \(page)")
        }
        #expect(try !folder.read("board/index.html").contains(secret.key.hexadecimal))
        // The same entries give the same bytes.
        try ClassBoard(of: secret, entries: folder.file("entries"), options: options).write(
            to: folder.file("again"))
        for name in try folder.names(in: "board") {
            #expect(try folder.read("board/\(name)") == folder.read("again/\(name)"))
        }
    }

    @Test func pseudonymsHideNames() throws {
        let room = try Classroom("front-desk", contestants: ["{id: m, model: dummy}"])
        let secret = try room.secret()
        let folder = try TemporaryFolder()
        for team in ["owls", "larks"] { try folder.write(entry(50, secret), to: "entries/\(team)/mine.csv") }
        var options = ClassBoard.Options()
        options.usesPseudonyms = true
        let board = try ClassBoard(of: secret, entries: folder.file("entries"), options: options)
        try board.write(to: folder.file("board"))
        try board.writePseudonyms(of: secret)
        for name in try folder.names(in: "board") {
            let text = try folder.read("board/\(name)")
            #expect(!text.contains("owls") && !text.contains("larks") && !text.contains("mine"))
        }
        let table = try room.rows("secret/pseudonyms.csv")
        #expect(Set(table.map { $0[1] }) == ["owls", "larks"])
        for row in table {
            #expect(
                row[0] == secret.key.pseudonym(of: row[1])
                    && row[0].wholeMatch(of: /([b-z][aeiou]){4}/) != nil)
            #expect(try folder.read("board/README.md").contains(row[0]))
        }
        // Another class's key gives other names.
        #expect(table.allSatisfy { ClassKey.random().pseudonym(of: $0[1]) != $0[0] })
    }
}
