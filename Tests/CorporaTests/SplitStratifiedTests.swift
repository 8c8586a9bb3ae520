import Corpora
import DeterministicWork
import Labels
import Testing

struct SplitStratifiedTests {
    @Test(arguments: [7, 100, 1009], [2, 5])
    func everyRowIsInOnePart(rows: Int, classes: Int) throws {
        let targets = Targets.classes(SplitProblems.classes(rows: rows, classes: classes, seed: 5))
        let labels = try SplitProblems.names(.multiclass, classes)
        let split = try SplitProblems.seventyFifteenFifteen(.none).split(targets, labels: labels).split
        let all = Part.allCases.flatMap { split.rows(of: $0) }
        #expect(all.sorted() == Array(0..<rows))
        for part in Part.allCases { #expect(split.rows(of: part) == split.rows(of: part).sorted()) }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func classSharesAndPartSizesAreWithinOneRow(seed: UInt64) throws {
        let rows = 900 + Int(seed) * 37
        let targets = Targets.classes(SplitProblems.classes(rows: rows, classes: 6, seed: seed))
        let counts = targets.labelCounts(labelCount: 6)
        let plan = try SplitProblems.seventyFifteenFifteen(seed: seed)
        let (split, notices) = try plan.split(targets, labels: SplitProblems.names(.multiclass, 6))
        #expect(notices.isEmpty)
        let table = tally(split.bins, targets, labelCount: 6, binCount: 3)
        for (bin, share) in [0.70, 0.15, 0.15].enumerated() {
            for label in 0..<6 { #expect(abs(Double(table[label][bin]) - Double(counts[label]) * share) < 1) }
            #expect(abs(Double(split.rows(of: Part.allCases[bin]).count) - Double(rows) * share) < 1)
        }
    }

    @Test func withoutValidation() throws {
        let targets = Targets.classes(SplitProblems.classes(rows: 500, classes: 3, seed: 1))
        let plan = SplitPlan(shares: try SplitShares(train: 0.8, validation: 0, test: 0.2))
        let split = try plan.split(targets, labels: SplitProblems.names(.multiclass, 3)).split
        #expect(Part.allCases.map { split.rows(of: $0).count } == [400, 0, 100])
    }

    @Test func renamedClassesGiveTheSameSplit() throws {
        let classes = SplitProblems.classes(rows: 1009, classes: 7, seed: 2)
        let renamed = RandomStream.permutation(of: 7, seed: 3)
        let labels = try SplitProblems.names(.multiclass, 7)
        let plan = try SplitProblems.seventyFifteenFifteen()
        let split = try plan.split(.classes(classes), labels: labels).split
        #expect(try plan.split(.classes(classes.map { renamed[$0] }), labels: labels).split == split)
    }

    @Test func anotherRowOrderGivesTheSameCounts() throws {
        let classes = SplitProblems.classes(rows: 1009, classes: 7, seed: 2)
        let order = RandomStream.permutation(of: 1009, seed: 4)
        let labels = try SplitProblems.names(.multiclass, 7)
        let plan = try SplitProblems.seventyFifteenFifteen()
        let tables = try [classes, order.map { classes[$0] }].map { classes in
            let split = try plan.split(.classes(classes), labels: labels).split
            return tally(split.bins, .classes(classes), labelCount: 7, binCount: 3)
        }
        #expect(tables[0] == tables[1])
    }

    @Test func theSeedAloneDecides() throws {
        let targets = Targets.classes(SplitProblems.classes(rows: 200, classes: 3, seed: 1))
        let labels = try SplitProblems.names(.multiclass, 3)
        let split = try SplitProblems.seventyFifteenFifteen(seed: 1).split(targets, labels: labels).split
        #expect(
            try SplitProblems.seventyFifteenFifteen(seed: 1).split(targets, labels: labels).split == split)
        #expect(
            try SplitProblems.seventyFifteenFifteen(seed: 2).split(targets, labels: labels).split != split)
    }

    @Test(arguments: [0, 1, 2])
    func aClassWithTooFewRowsIsNamed(rare: Int) throws {
        let classes = Array(repeating: 0, count: 100) + Array(repeating: 1, count: rare)
        let labels = try LabelSpace(kind: .binary, names: ["ham", "spam"])
        let plan = try SplitProblems.seventyFifteenFifteen()
        let error = SplitError.tooFewRows(label: "spam", rows: rare, needed: 7)
        #expect(throws: error) { try plan.split(.classes(classes), labels: labels) }
        #expect(error.description.contains("class 'spam' has \(rare) row"))
        #expect(error.description.contains("stratify: none"))
        // The same rows can be split without stratification.
        let (split, notices) = try SplitProblems.seventyFifteenFifteen(.none).split(
            .classes(classes), labels: labels)
        #expect(split.parts.count == classes.count)
        #expect(!notices.isEmpty)
    }

    @Test func whatIsCalledEnoughIsEnough() throws {
        let labels = try LabelSpace(kind: .multiclass, names: (0..<11).map { "c\($0)" })
        let classes = (0..<11).flatMap { Array(repeating: $0, count: 7) }
        #expect(throws: Never.self) {
            try SplitProblems.seventyFifteenFifteen().split(.classes(classes), labels: labels)
        }
    }

    @Test func aPartWithoutRowsIsAnError() throws {
        let labels = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let plan = try SplitProblems.seventyFifteenFifteen(.none)
        #expect(throws: SplitError.emptyPart(.train, rows: 0)) {
            try plan.split(.classes([]), labels: labels)
        }
        #expect(throws: SplitError.self) { try plan.split(.classes([0, 1]), labels: labels) }
    }

    @Test(arguments: [2, 5, 10])
    func foldsAreStratifiedToWithinOneRow(k: Int) throws {
        let targets = Targets.classes(SplitProblems.classes(rows: 1013, classes: 5, seed: 8))
        let folds = try FoldPlan(count: k, seed: 1).folds(of: targets, labelCount: 5)
        let counts = targets.labelCounts(labelCount: 5)
        for (label, cells) in tally(folds, targets, labelCount: 5, binCount: k).enumerated() {
            for cell in cells { #expect(abs(cell * k - counts[label]) < k) }
        }
        for fold in 0..<k { #expect(abs(folds.filter { $0 == fold }.count * k - 1013) < k) }
    }

    @Test func foldsNeedRows() {
        #expect(throws: SplitError.badFolds(folds: 1, rows: 3)) {
            try FoldPlan(count: 1, seed: 0).folds(of: .classes([0, 1, 1]), labelCount: 2)
        }
        #expect(throws: SplitError.badFolds(folds: 4, rows: 3)) {
            try FoldPlan(count: 4, seed: 0).folds(of: .classes([0, 1, 1]), labelCount: 2)
        }
    }
}

extension RandomStream {
    /// A random permutation of 0..<count.
    static func permutation(of count: Int, seed: UInt64) -> [Int] {
        var random = RandomStream(seed: seed)
        return random.shuffled(0..<count)
    }
}
