import Corpora
import Foundation
import Labels
import SettingKeys
import TestSupport
import Testing

@Suite struct FoldPlanTests {
    private func plan(_ yaml: String) throws -> FoldPlan? {
        let root = try Setting(yaml: "name: x\nsplit: " + yaml, file: "e.yaml").mappingWithAnyKeys()
        return try SplitSetting(setting: root.required("split")).folds
    }

    @Test func foldsFromSettings() throws {
        #expect(try plan("{folds: 5}") == FoldPlan(count: 5, validation: 0.15))
        let full = "{folds: 3, validation: 0, stratify: none, seed: 7, group-by: duplicates}"
        #expect(
            try plan(full)
                == FoldPlan(count: 3, validation: 0, stratify: .none, seed: 7, groupBy: .duplicates))
        #expect(try plan("{folds: 4, repeats: 3}") == FoldPlan(count: 4, repeats: 3))
        let setting = try SplitSetting(setting: Setting(yaml: "{folds: 2, official: false}", file: "split"))
        #expect(setting.plan == nil && setting.folds?.count == 2 && setting.refusesOfficialParts)
        #expect(try plan("official") == nil)
        #expect(try plan("{train: 0.8, test: 0.2}") == nil)
    }

    @Test(arguments: [
        ("{folds: 1}", "e.yaml:2: split.folds: found '1'"), ("{folds: many}", "split.folds: found 'many'"),
        ("{folds: 5, test: 0.2}", "expected no 'test' beside 'folds'"),
        ("{folds: 5, train: 0.2}", "expected no 'train' beside 'folds'"),
        ("{folds: 5, official: true}", "expected no official parts beside 'folds'"),
        ("{folds: 5, validation: 1}", "split.validation: found '1', expected a share below 1"),
        ("{folds: 5, repeats: 0}", "split.repeats: found '0'"),
        ("{folds: 5, repeats: 1001}", "split.repeats: found '1001'"),
        ("{repeats: 2, test: 0.2}", "split.repeats: found '2', expected no 'repeats' without 'folds'"),
        ("{fold: 5}", "did you mean 'folds'?"),
    ])
    func badSettings(yaml: String, message: String) {
        let error = #expect(throws: SettingsError.self) { try plan(yaml) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    /// A class that validation cannot have of what a fold leaves: how many of its rows there are, and how many are enough in all.
    @Test func whatAFoldLeavesIsSaid() throws {
        let labels = try LabelSpace(kind: .binary, names: ["ham", "spam"])
        func rows(_ rare: Int) -> Targets {
            .classes(Array(repeating: 0, count: 100) + Array(repeating: 1, count: rare))
        }
        // The only row is in one fold: the others leave it, to one of two parts.
        let plan = try FoldPlan(count: 3, validation: 0.15)
        var left: [Int] = []
        for fold in 0..<3 {
            let error = try #require(
                #expect(throws: SplitError.self) {
                    try plan.plan(ofFold: fold).split(rows(1), labels: labels)
                })
            guard case .inTrain(of: Fold(index: fold, count: 3), .tooFewRows("spam", let rows, 11)) = error
            else {
                Issue.record("\(error)")
                continue
            }
            left.append(rows)
            #expect(
                error.description.hasPrefix(
                    "of the rows outside fold \(fold) (of 3): class 'spam' has \(rows) row"))
        }
        #expect(left.sorted() == [0, 1, 1])
        for fold in 0..<3 {
            #expect(throws: Never.self) { try plan.plan(ofFold: fold).split(rows(11), labels: labels) }
        }
        // Of the official train part alone, whatever test has.
        let official = try SplitSetting(
            setting: Setting(yaml: "{official: true, validation: 0.15}", file: "split")
        ).plan
        let parts = Array(repeating: Part.train, count: 101) + Array(repeating: .test, count: 21)
        let divided = SplitError.inTrain(of: nil, .tooFewRows(label: "spam", rows: 1, needed: 7))
        #expect(throws: divided) {
            try official?.split(rows(22), labels: labels, official: parts)
        }
        #expect(divided.description.hasPrefix("of the official train part: class 'spam' has 1 row,"))
    }

    /// Every row is tested once; the others are train and, by the share, validation, with the shares of the labels kept.
    @Test(arguments: [LabelKind.multiclass, .multilabel])
    func everyRowIsTestedOnce(kind: LabelKind) throws {
        let (N, K, folds) = (1009, 5, 4)
        let targets: Targets =
            kind == .multilabel
            ? .sets(SplitProblems.longTail(rows: N, labels: K, seed: 3))
            : .classes(SplitProblems.classes(rows: N, classes: K, seed: 3))
        let labels = try SplitProblems.names(kind, K)
        let plan = try FoldPlan(count: folds, validation: 0.2, seed: 11)
        let dealt = try plan.folds(of: targets, labelCount: K)
        var tested = Array(repeating: 0, count: N)
        for fold in 0..<folds {
            let (split, _) = try plan.plan(ofFold: fold).split(targets, labels: labels)
            let test = split.rows(of: .test)
            #expect(test == dealt.indices.filter { dealt[$0] == fold })
            for row in test { tested[row] += 1 }
            let share = Double(split.rows(of: .validation).count) / Double(N - test.count)
            #expect(abs(share - 0.2) < 0.01, "\(share)")
        }
        #expect(tested.allSatisfy { $0 == 1 })
    }

    /// A dealing is what a plan with its seed alone would be, and no two are alike.
    @Test func dealingsHaveTheSeedsThatFollow() throws {
        let targets = Targets.classes(SplitProblems.classes(rows: 211, classes: 3, seed: 3))
        let labels = try SplitProblems.names(.multiclass, 3)
        let plan = try FoldPlan(count: 5, repeats: 3, validation: 0.2, seed: 11)
        #expect(plan.splitCount == 15)
        var tests: Set<[Int]> = []
        for fold in 0..<plan.splitCount {
            let alone = try FoldPlan(count: 5, validation: 0.2, seed: 11 + UInt64(fold / 5))
            #expect(plan.plan(ofFold: fold) == alone.plan(ofFold: fold % 5))
            tests.insert(try plan.plan(ofFold: fold).split(targets, labels: labels).split.rows(of: .test))
        }
        #expect(tests.count == 15)
        #expect(
            "\(plan)".hasPrefix("3 times 5 folds, 0.2 of")
                && "\(plan)".hasSuffix("seed 11 and those that follow"))
    }

    @Test func groupsStayInOneFold() throws {
        let targets = Targets.classes(SplitProblems.classes(rows: 300, classes: 3, seed: 5))
        let groups = (0..<300).map { $0 / 7 * 7 }
        let folds = try FoldPlan(count: 5).folds(of: targets, labelCount: 3, groups: groups)
        for row in 0..<300 { #expect(folds[row] == folds[groups[row]]) }
        #expect(Set(folds) == Set(0..<5))
        #expect(throws: SplitError.tooFewGroups(label: nil, rows: 300, groups: 2)) {
            try FoldPlan(count: 5).folds(of: targets, labelCount: 3, groups: (0..<300).map { $0 % 2 })
        }
    }

    @Test func aFoldIsKeptAsOneAndIsNoOther() throws {
        let plan = try FoldPlan(count: 5, validation: 0, seed: 3).plan(ofFold: 2)
        let copy = try JSONDecoder().decode(SplitPlan.self, from: JSONEncoder().encode(plan))
        #expect(copy == plan && copy.fold == Fold(index: 2, count: 5))
        #expect("\(plan)" == "fold 2 (of 5), stratified by labels, seed 3")
        #expect(
            "\(try FoldPlan(count: 5))"
                == "5 folds, 0.15 of each one's train rows for validation, stratified by labels, seed 42")
    }
}
