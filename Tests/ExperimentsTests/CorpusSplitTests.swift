import Corpora
import Experiments
import Foundation
import Labels
import SafeFiles
import TestSupport
import Testing

/// The split that a comparison shares: which plan, made or found, and where it is kept.
@Suite struct CorpusSplitTests {
    /// 12 rows, every third spam.
    private func corpus(official: [Part]? = nil, texts: [String]? = nil) throws -> Corpus {
        Corpus(
            ids: (0..<12).map { "r\($0)" }, texts: texts ?? (0..<12).map { "text \($0)" },
            targets: .classes((0..<12).map { $0 % 3 == 0 ? 1 : 0 }),
            labelSpace: try LabelSpace(kind: .binary, names: ["ham", "spam"]), officialParts: official,
            fingerprint: "f")
    }

    private static let halves: [Part] = (0..<12).map { $0 < 6 ? .train : .test }

    @Test func thePlanIsTheOneAskedForOrTheUsualOne() throws {
        let (plain, official) = (try corpus(), try corpus(official: Self.halves))
        let wanted = SplitPlan(shares: try SplitShares(train: 0.5, validation: 0, test: 0.5))
        let fold = try FoldPlan(count: 3).plan(ofFold: 1)
        for poolsParts in [false, true] {
            #expect(try splitPlan(nil, for: plain, poolsParts: poolsParts) == .usual)
            #expect(try splitPlan(wanted, for: plain, poolsParts: poolsParts) == wanted)
            #expect(try splitPlan(nil, for: official, poolsParts: poolsParts) == .official)
            #expect(try splitPlan(.official, for: official, poolsParts: poolsParts) == .official)
        }
        #expect(try splitPlan(wanted, for: official, poolsParts: true) == wanted)
        #expect(throws: SplitError.partsPooled([.train, .test], division: "shares of 0.5/0.0/0.5")) {
            try splitPlan(wanted, for: official, poolsParts: false)
        }
        #expect(throws: SplitError.partsPooled([.train, .test], division: "3 folds")) {
            try splitPlan(fold, for: official, poolsParts: false)
        }
    }

    private func split(
        _ corpus: Corpus, _ train: Double, _ test: Double, groupBy: SplitPlan.Grouping? = nil,
        needed: [Part] = [], in folder: TemporaryFolder, force: Bool = false, stores: Bool = true
    ) throws -> CorpusSplit {
        let shares = try SplitShares(train: train, validation: 1 - train - test, test: test)
        return try storedOrNewSplit(
            of: corpus, plan: SplitPlan(shares: shares, groupBy: groupBy), needed: needed, folder: folder.url,
            force: force, stores: stores)
    }

    @Test func aSplitIsMadeOnceAndThenFound() throws {
        let (folder, corpus) = (try TemporaryFolder(), try corpus())
        let looked = try split(corpus, 0.5, 0.25, in: folder, stores: false)
        #expect(try folder.names.isEmpty && !looked.isReused)
        let made = try split(corpus, 0.5, 0.25, in: folder)
        #expect(try folder.names == ["split.csv", "split.json"] && !made.isReused)
        let found = try split(corpus, 0.5, 0.25, in: folder)
        #expect(found.isReused && found.stored == made.stored && looked.stored == made.stored)
        #expect(made.stored.split.parts.count { $0 == .train } == 6)
        #expect(throws: SplitError.self) { try split(corpus, 0.25, 0.25, in: folder) }
        let other = try split(corpus, 0.25, 0.25, in: folder, force: true)
        #expect(!other.isReused && other.stored.split.parts.count { $0 == .train } == 3)
    }

    /// A part that is needed is missed whether the split is new or was stored before by who did not need it.
    @Test func aPartThatIsNeededMustHaveRows() throws {
        let (folder, corpus) = (try TemporaryFolder(), try corpus())
        #expect(throws: ExperimentError.emptyPart("test")) {
            try split(corpus, 0.5, 0, needed: [.train, .test], in: folder)
        }
        #expect(try folder.names.isEmpty)
        _ = try split(corpus, 0.5, 0, needed: [.train], in: folder)
        #expect(throws: ExperimentError.emptyPart("test")) {
            try split(corpus, 0.5, 0, needed: [.train, .test], in: folder)
        }
    }

    @Test func groupsStayTogether() throws {
        let folder = try TemporaryFolder()
        let texts = (0..<12).map { "text \($0 % 6)" }
        let made = try split(try corpus(texts: texts), 0.5, 0.5, groupBy: .duplicates, in: folder)
        let parts = made.stored.split.parts
        #expect((0..<6).allSatisfy { parts[$0] == parts[$0 + 6] })
        #expect(made.groups?.first == Array(0..<6) + Array(0..<6))
        #expect(throws: SplitError.noGroupColumn) {
            try split(try corpus(), 0.5, 0.5, groupBy: .group, in: folder, force: true)
        }
    }

    @Test func noticesAreThoseOfTheSplit() throws {
        let folder = try TemporaryFolder()
        let space = try LabelSpace(kind: .binary, names: ["ham", "spam"])
        let parts: [Part] = (0..<12).map { $0 < 9 ? .train : .test }
        let rare = Corpus(
            ids: (0..<12).map { "r\($0)" }, texts: (0..<12).map { "text \($0)" },
            targets: .classes((0..<12).map { $0 == 0 ? 1 : 0 }), labelSpace: space, officialParts: parts,
            fingerprint: "f")
        for isReused in [false, true] {
            let split = try storedOrNewSplit(of: rare, plan: .official, folder: folder.url, force: false)
            #expect(split.isReused == isReused)
            #expect(split.notices == ["label 'spam' (1 row) is not in test"])
        }
    }

    @Test func foldsAreStoredOnce() throws {
        let (folder, corpus) = (try TemporaryFolder(), try corpus())
        let file = try storeFolds(of: corpus, count: 4, seed: 1, folder: folder.url, force: false)
        let text = try String(contentsOf: file, encoding: .utf8)
        let folds = text.split(separator: "\n").dropFirst().compactMap { $0.last?.wholeNumberValue }
        #expect(text.hasPrefix("row,fold\n0,"))
        #expect((0..<4).map { fold in folds.count { $0 == fold } } == [3, 3, 3, 3])
        // Every third row is spam, and each fold has one of them.
        #expect(Set([0, 3, 6, 9].map { folds[$0] }).count == 4)
        _ = try storeFolds(of: corpus, count: 4, seed: 1, folder: folder.url, force: false)
        #expect(throws: FileError.exists(path: file.path)) {
            try storeFolds(of: corpus, count: 3, seed: 1, folder: folder.url, force: false)
        }
        _ = try storeFolds(of: corpus, count: 3, seed: 1, folder: folder.url, force: true)
        #expect(try String(contentsOf: file, encoding: .utf8) != text)
    }
}
