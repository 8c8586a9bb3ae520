import Corpora
import Foundation
import Labels
import SettingKeys
import TestSupport
import Testing

struct SplitPlanTests {
    private func plan(_ yaml: String) throws -> SplitPlan {
        let root = try Setting(yaml: "name: x\nsplit: " + yaml, file: "e.yaml").mappingWithAnyKeys()
        return try #require(try SplitSetting(setting: root.required("split")).plan)
    }

    @Test func sharesFromSettings() throws {
        let full = try plan("{train: 0.70, validation: 0.15, test: 0.15, stratify: label-count, seed: 7}")
        #expect(try full == SplitProblems.seventyFifteenFifteen(.labelCount, seed: 7))
        let short = try plan("{train: 0.8, test: 0.2}")
        #expect(try short == SplitPlan(shares: SplitShares(train: 0.8, validation: 0, test: 0.2)))
        #expect(short.stratify == .labels && short.seed == 42)
        #expect(short.shares.parts == [.train, .test])
        #expect(try plan("{train: 0.333333333, validation: 0.333333333, test: 0.333333333}").seed == 42)
    }

    @Test func officialFromSettings() throws {
        #expect(try plan("official") == .official)
        #expect(try plan("{official: true}") == .official)
        #expect(try plan("{official: true, seed: 5}") == .official)
        #expect(
            try plan("{official: true, validation: 0.1, seed: 5}")
                == .official(carvingValidation: 0.1, seed: 5))
    }

    @Test(arguments: [
        ("{train: 0.8, tset: 0.2}", "e.yaml:2: unknown key 'split.tset'; did you mean 'test'?"),
        ("{train: 0.8, test: 0.1}", "e.yaml:2: split: found shares of 0.8, 0.0 and 0.1, expected train"),
        ("{train: 1.2, test: -0.2}", "e.yaml:2: split.train: found '1.2', expected a share from 0 to 1"),
        ("{train: 0.8, test: 0.2, seed: -1}", "e.yaml:2: split.seed: found '-1', expected an integer"),
        ("{train: 0.8, test: 0.2, stratify: label}", "did you mean 'labels'?"),
        ("{official: true, train: 0.8}", "e.yaml:2: split.train: found '0.8', expected no share of train"),
        ("{official: true, validation: 0.8, test: 0.3}", "expected at most 1 together"),
        ("{official: yes}", "e.yaml:2: split.official: found 'yes', expected true or false"),
        ("oficial", "e.yaml:2: split: found 'oficial', expected"),
    ])
    func badSettings(yaml: String, message: String) throws {
        let error = #expect(throws: SettingsError.self) { try plan(yaml) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func sharesMustSumToOne() {
        #expect(throws: SplitError.badShares(train: 0.7, validation: 0.1, test: 0.1)) {
            try SplitShares(train: 0.7, validation: 0.1, test: 0.1)
        }
        #expect(throws: SplitError.self) { try SplitShares(train: .nan, validation: 0.5, test: 0.5) }
        #expect(throws: SplitError.self) { try SplitShares(train: 0.7, validation: 0.15, test: 0.15 + 1e-8) }
        #expect(throws: Never.self) { try SplitShares(train: 0.7, validation: 0.15, test: 0.15 + 1e-10) }
    }

    @Test func plansSurviveJSON() throws {
        let plans = [
            try SplitProblems.seventyFifteenFifteen(.none, seed: .max), .official,
            try .official(carvingValidation: 0.1, test: 0.2),
        ]
        #expect(try JSONDecoder().decode([SplitPlan].self, from: JSONEncoder().encode(plans)) == plans)
        #expect(throws: (any Error).self) {
            let bad =
                #"{"official":false,"shares":{"train":2,"validation":0,"test":0},"stratify":"none","seed":1}"#
            return try JSONDecoder().decode(SplitPlan.self, from: Data(bad.utf8))
        }
    }

    // MARK: Official parts

    private let labels = try? LabelSpace(kind: .binary, names: ["no", "yes"])

    @Test func officialPartsAreKept() throws {
        let official: [Part] = [.test, .train, .train, .validation]
        let (split, _) = try SplitPlan.official.split(
            .classes([0, 1, 0, 1]), labels: #require(labels), official: official)
        #expect(split.parts == official)
        #expect(split.rows(of: .train) == [1, 2])
        #expect(throws: SplitError.noOfficialParts) {
            try SplitPlan.official.split(.classes([0, 1]), labels: #require(labels))
        }
    }

    @Test func validationIsCarvedFromOfficialTrain() throws {
        let classes = (0..<300).map { $0 % 3 == 0 ? 1 : 0 }
        let official: [Part] = (0..<300).map { $0 < 200 ? .train : .test }
        let plan = try SplitPlan.official(carvingValidation: 0.1)
        let (split, _) = try plan.split(.classes(classes), labels: #require(labels), official: official)
        #expect(split.rows(of: .test) == Array(200..<300))
        let validation = split.rows(of: .validation)
        #expect(validation.count == 20 && validation.allSatisfy { $0 < 200 })
        #expect([6, 7].contains(validation.filter { classes[$0] == 1 }.count))
    }

    @Test func anOfficialPartIsNotCarved() throws {
        let plan = try SplitPlan.official(carvingValidation: 0.5)
        #expect(throws: SplitError.officialPartExists(.validation)) {
            try plan.split(.classes([0, 1]), labels: #require(labels), official: [.train, .validation])
        }
    }

    @Test func whatOfficialPartsLackIsANotice() throws {
        let (_, notices) = try SplitPlan.official.split(
            .classes([0, 1, 0]), labels: #require(labels), official: [.train, .train, .test])
        #expect(notices == [.absentLabel("yes", rows: 1, parts: [.test])])
    }
}
