import Corpora
import DeterministicWork
import Labels
import SettingKeys
import Testing

/// Groups stay whole, and labels keep their shares all the same.
@Suite struct SplitGroupingTests {
    /// Rows of 5 unlike labels with 4% to 60% of the rows, and texts of which a fifth occur up to six times.
    private func corpus(_ N: Int, seed: UInt64, groups: Bool = false) throws -> Corpus {
        var random = RandomStream(seed: seed)
        var texts: [String] = []
        var labels: [[Int]] = []
        while texts.count < N {
            let number = texts.count
            let copies = random.next(below: 5) == 0 ? 1 + random.next(below: 6) : 1
            for copy in 0..<min(copies, N - texts.count) {
                texts.append(copy % 2 == 0 ? "Text  number \(number)" : "text number \(number)")
                labels.append(
                    [0.6, 0.3, 0.2, 0.1, 0.04].enumerated().filter { random.nextUniform() < $1 }.map(\.offset)
                )
            }
        }
        return Corpus(
            ids: (0..<N).map(String.init), texts: texts,
            targets: .sets(IndicatorMatrix(labelCount: 5, rows: labels)),
            labelSpace: try LabelSpace(kind: .multilabel, names: ["a", "b", "c", "d", "e"]), fingerprint: "x",
            groups: groups ? (0..<N).map { "\($0 % 97)" } : nil)
    }

    private func plan(_ yaml: String) throws -> SplitPlan {
        try #require(try SplitSetting(setting: Setting(yaml: yaml, file: "split")).plan)
    }

    private func split(_ corpus: Corpus, _ plan: SplitPlan) throws -> Split {
        try plan.split(corpus.targets, labels: corpus.labelSpace, groups: plan.groups(of: corpus)).split
    }

    @Test(arguments: ["duplicates", "near-duplicates", "group"]) func noGroupIsDivided(grouping: String)
        throws
    {
        let corpus = try corpus(2011, seed: 5, groups: true)
        let plan = try plan("{train: 0.7, validation: 0.15, test: 0.15, group-by: \(grouping)}")
        let split = try split(corpus, plan)
        let groups = try #require(try plan.groups(of: corpus)).first
        for row in groups.indices { #expect(split.parts[row] == split.parts[groups[row]]) }
        #expect(plan.description.contains("grouped by \(grouping)"))
        if grouping != "group" {
            #expect(TextComparison(corpus.texts, parts: split.parts).leaks.allSatisfy { $0.kind == .near })
        }
    }

    @Test(arguments: 1...5) func labelsKeepTheirShares(seed: UInt64) throws {
        let corpus = try corpus(2011, seed: seed)
        let split = try split(
            corpus, plan("{train: 0.7, validation: 0.15, test: 0.15, group-by: duplicates}"))
        let all = corpus.targets.labelCounts(labelCount: 5).map(Double.init)
        for (part, share) in [(Part.train, 0.7), (.validation, 0.15), (.test, 0.15)] {
            let rows = split.rows(of: part)
            #expect(abs(Double(rows.count) / 2011 - share) < 0.03)
            let counts = corpus.targets.selecting(rows).labelCounts(labelCount: 5)
            for (count, total) in zip(counts, all) { #expect(abs(Double(count) / total - share) < 0.03) }
        }
    }

    @Test func sameSeedSameSplit() throws {
        let corpus = try corpus(503, seed: 1)
        let one = try plan("{train: 0.8, test: 0.2, group-by: duplicates}")
        let other = try plan("{train: 0.8, test: 0.2, group-by: duplicates, seed: 1}")
        #expect(try split(corpus, one) == split(corpus, one))
        #expect(try split(corpus, one) != split(corpus, other))
    }

    /// Where groups are too few, it is groups that the message speaks of.
    @Test func tooFewGroups() throws {
        func corpus(_ classes: [Int], _ groups: [String]) throws -> Corpus {
            Corpus(
                ids: classes.indices.map(String.init), texts: classes.indices.map { "text \($0)" },
                targets: .classes(classes), labelSpace: try LabelSpace(kind: .binary, names: ["a", "b"]),
                fingerprint: "x", groups: groups)
        }
        let plan = try plan("{train: 0.6, validation: 0.2, test: 0.2, group-by: group}")
        let rows = Array(0..<100)
        #expect(throws: SplitError.tooFewGroups(label: nil, rows: 100, groups: 1)) {
            try split(corpus(rows.map { $0 % 2 }, rows.map { _ in "x" }), plan)
        }
        #expect(throws: SplitError.tooFewGroups(label: nil, rows: 100, groups: 2)) {
            try split(corpus(rows.map { $0 % 2 }, rows.map { "\($0 % 2)" }), plan)
        }
        // Class b has twenty rows, all of one author.
        let error = #expect(throws: SplitError.self) {
            try split(corpus(rows.map { $0 < 20 ? 1 : 0 }, rows.map { $0 < 20 ? "x" : "\($0)" }), plan)
        }
        #expect(error == .tooFewGroups(label: "b", rows: 20, groups: 1))
        #expect(error?.description.contains("class 'b' has 20 rows in 1 group") == true)
    }

    /// A search for near texts that was cut is told, in the run that made the split and in those that take it.
    @Test func aCutSearchIsTold() throws {
        let texts = (0..<700).map {
            "guest \($0) asked at the front desk for the key of the room above the lift and was told to wait for the porter"
        }
        let corpus = Corpus(
            ids: texts.indices.map(String.init), texts: texts + [],
            targets: .classes(texts.indices.map { $0 % 2 }),
            labelSpace: try LabelSpace(kind: .binary, names: ["a", "b"]), fingerprint: "x")
        let plan = try plan("{train: 0.8, test: 0.2, group-by: near-duplicates}")
        let cut = try #require(try plan.groups(of: corpus)).cutTexts
        #expect(cut > 300)
        #expect(plan.groupNotices(of: corpus, cutTexts: cut) == [.cutNearSearch(texts: cut)])
        #expect(
            SplitNotice.cutNearSearch(texts: cut).description.contains("may stand in different parts"))
        let folder = try TestFolder([:])
        let stored = StoredSplit(
            split: Split(parts: texts.indices.map { $0 % 5 == 0 ? .test : .train }), plan: plan,
            datasetFingerprint: "x", cutTexts: cut)
        try stored.save(folder: folder.url)
        #expect(
            try StoredSplit.load(folder: folder.url, expecting: "x", rows: 700, plan: plan)?.cutTexts == cut)

        var cleaning = Cleaning()
        cleaning.duplicates = .near
        let notices = try corpus.cleaned(by: cleaning).notices
        #expect(notices.count == 1 && notices[0].contains("some near texts may be left"), "\(notices)")
        cleaning.duplicates = .equal
        #expect(try corpus.cleaned(by: cleaning).notices.isEmpty)
    }

    @Test func refused() throws {
        for word in ["random", "stratified", "0.8"] {
            #expect {
                try plan(word)
            } throws: {
                "\($0)".contains("expected 'official' or shares, such as {train: 0.7")
            }
        }
        #expect(throws: SplitError.noGroupColumn) {
            try plan("{train: 0.8, test: 0.2, group-by: group}").groups(of: corpus(20, seed: 1))
        }
        #expect {
            try plan("{official: true, group-by: duplicates}")
        } throws: {
            "\($0)".contains("official parts, which stay as they are")
        }
    }
}

/// Texts that train and the other parts share.
@Suite struct LeakTests {
    @Test func equalAndNear() {
        let texts = [
            "The lamp in room nine is broken again", "Breakfast at eight, please",
            "the lamp in  ROOM nine is broken again", "The lamp in room nine is broken again!",
            "Breakfast at noon on the terrace", "breakfast at eight, please",
        ]
        let found = TextComparison(
            texts, parts: [.train, .train, .validation, .test, .test, .test]
        ).leaks
        #expect(
            found == [
                Leak(row: 2, part: .validation, kind: .equal, trainRow: 0),
                Leak(row: 3, part: .test, kind: .near, trainRow: 0),
                Leak(row: 5, part: .test, kind: .equal, trainRow: 1),
            ])
        #expect(TextComparison(texts, parts: texts.map { _ in .train }).leaks.isEmpty)
    }

    /// The index finds what comparing every pair finds.
    @Test func groupsAndLeaksAgreeWithNaiveTwin() {
        var random = RandomStream(seed: 11)
        let words = [
            "lamp", "room", "nine", "breakfast", "broken", "again", "towel", "please", "late", "early",
        ]
        var texts: [String] = []
        for _ in 0..<150 {
            var text = (0..<9).map { _ in words[random.next(below: words.count)] }
            texts.append(text.joined(separator: " "))
            text[random.next(below: 9)] = "sauna"
            if random.next(below: 3) == 0 { texts.append(text.joined(separator: " ")) }
            if random.next(below: 5) == 0 { texts.append(texts[random.next(below: texts.count)]) }
        }
        let parts: [Part] = texts.map { _ in [.train, .train, .validation, .test][random.next(below: 4)] }
        func runs(_ text: String) -> Set<String> {
            let characters = Array(text)
            return Set((0...characters.count - 5).map { String(characters[$0..<$0 + 5]) })
        }
        let sets = texts.map(runs)
        func isNear(_ a: Int, _ b: Int) -> Bool {
            let shared = sets[a].intersection(sets[b]).count
            return Double(shared) / Double(sets[a].union(sets[b]).count) >= 0.8
        }
        var group = Array(texts.indices)
        for b in texts.indices {
            for a in 0..<b where isNear(a, b) {
                let (low, high) = (min(group[a], group[b]), max(group[a], group[b]))
                group = group.map { $0 == high ? low : $0 }
            }
        }
        let leaks = texts.indices.filter { parts[$0] != .train }.compactMap { row -> Leak? in
            func first(_ isShared: (Int) -> Bool) -> Int? {
                texts.indices.first { parts[$0] == .train && isShared($0) }
            }
            if let equal = first({ texts[$0] == texts[row] }) {
                return Leak(row: row, part: parts[row], kind: .equal, trainRow: equal)
            }
            return first { isNear($0, row) }.map {
                Leak(row: row, part: parts[row], kind: .near, trainRow: $0)
            }
        }
        let comparison = TextComparison(texts, parts: parts)
        #expect(comparison.near.first == group)
        #expect(TextGroups(near: texts).first == group)
        #expect(comparison.leaks == leaks)
        #expect(Set(group).count < texts.count)
        #expect(Set(leaks.map(\.kind)).count == 2)
    }
}
