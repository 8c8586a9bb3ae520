import Corpora
import DeterministicWork
import Foundation
import Labels
import TestSupport
import Testing

/// Samples of the train rows: nested, stratified, and the same whatever else is asked for.
@Suite struct SamplePlanTests {
    private static let (N, K) = (1009, 7)

    private static func order(_ targets: Targets, _ count: Int, seed: UInt64 = 3) -> [Int] {
        var random = RandomStream(seed: seed, for: .trainSample(number: 0))
        return stratifiedOrder(targets, labelCount: K, count: count, random: &random)
    }

    /// Whether every beginning of an order is near the labels' shares.
    private static func expectShares(_ targets: Targets, _ order: [Int], within tolerance: Double) {
        let totals = targets.labelCounts(labelCount: K)
        var taken = Array(repeating: 0, count: K)
        for (place, row) in order.enumerated() {
            for label in targets.labels(ofRow: row) { taken[label] += 1 }
            let n = place + 1
            for label in 0..<K where n >= 3 * K {
                let share = Double(totals[label] * n) / Double(N)
                #expect(
                    abs(Double(taken[label]) - share) <= tolerance || taken[label] == 1,
                    "label \(label): \(taken[label]) of \(n), share \(share)")
            }
            // Of one label a row, the first K rows have each of them.
            if n == K, case .classes = targets { #expect(taken.allSatisfy { $0 > 0 }, "\(taken)") }
        }
    }

    @Test func everyBeginningHasTheSharesOfClasses() {
        let targets = Targets.classes(SplitProblems.classes(rows: Self.N, classes: Self.K, seed: 5))
        let order = Self.order(targets, Self.N)
        #expect(order.sorted() == Array(0..<Self.N))
        Self.expectShares(targets, order, within: 2)
        // Random, and not in the order of the rows.
        #expect(order != Self.order(targets, Self.N, seed: 4) && order != order.sorted())
    }

    @Test func everyBeginningHasTheSharesOfLabels() {
        let targets = Targets.sets(SplitProblems.longTail(rows: Self.N, labels: Self.K, seed: 5))
        let order = Self.order(targets, Self.N)
        #expect(order.sorted() == Array(0..<Self.N))
        Self.expectShares(targets, order, within: 4)
        let dense = Targets.sets(SplitProblems.sets(rows: Self.N, labels: Self.K, seed: 5))
        Self.expectShares(dense, Self.order(dense, Self.N), within: 4)
    }

    /// Which labels rows share counts, and not how these are numbered.
    @Test func numbersOfLabelsDoNotMatter() {
        let classes = SplitProblems.classes(rows: Self.N, classes: Self.K, seed: 5)
        let turned = classes.map { Self.K - 1 - $0 }
        #expect(Self.order(.classes(classes), 200) == Self.order(.classes(turned), 200))
    }

    private func draw(_ plan: SamplePlan, _ targets: Targets, number: Int = 0) throws -> [[Int]] {
        let kind: LabelKind = if case .sets = targets { .multilabel } else { .multiclass }
        return try plan.draw(number, of: targets, labels: SplitProblems.names(kind, Self.K), seed: 9)
    }

    @Test func samplesAreNestedAndStayWhenSizesAreAdded() throws {
        let targets = Targets.classes(SplitProblems.classes(rows: Self.N, classes: Self.K, seed: 5))
        let few = try draw(SamplePlan(.rows, sizes: [300, 50], includesAll: true), targets)
        let more = try draw(SamplePlan(.rows, sizes: [50, 100, 300, 1008], includesAll: false), targets)
        #expect(few.map(\.count) == [50, 300] && more.map(\.count) == [50, 100, 300, 1008])
        #expect(few == [more[0], more[2]])
        for (small, large) in zip(more, more.dropFirst()) {
            #expect(Array(large.prefix(small.count)) == small && Set(large).count == large.count)
        }
        let second = try draw(SamplePlan(.rows, sizes: [50], includesAll: true), targets, number: 1)
        #expect(Set(second[0]) != Set(few[0]))
    }

    @Test func rowsOfEachLabel() throws {
        let plan = SamplePlan(.perClass, sizes: [2, 5, 11], includesAll: false)
        let classes = Targets.classes(SplitProblems.classes(rows: Self.N, classes: Self.K, seed: 5))
        for (size, rows) in zip(plan.sizes, try draw(plan, classes)) {
            let counts = classes.selecting(rows).labelCounts(labelCount: Self.K)
            #expect(counts == Array(repeating: size, count: Self.K))
        }
        let sets = Targets.sets(SplitProblems.longTail(rows: Self.N, labels: Self.K, seed: 5))
        let drawn = try draw(plan, sets)
        for (size, rows) in zip(plan.sizes, drawn) {
            let counts = sets.selecting(rows).labelCounts(labelCount: Self.K)
            #expect(counts.allSatisfy { $0 >= size } && rows.count <= size * Self.K, "\(counts)")
        }
        #expect(Array(drawn[2].prefix(drawn[0].count)) == drawn[0])
    }

    @Test func whatStandsForTheRun() {
        let all = SamplePlan(.rows, sizes: [20, 10], includesAll: true, repeats: 2)
        #expect(all.headline == nil && all.others == all.samples && all.samples.count == 4)
        #expect(all.samples.map { "\($0)" }.first == "10 train rows, repeat 0")
        let some = SamplePlan(.perClass, sizes: [1, 2], includesAll: false, repeats: 2)
        #expect(some.headline == TrainSample(.perClass, size: 2, number: 0))
        #expect(some.others.map { [$0.size, $0.number] } == [[1, 0], [1, 1], [2, 1]])
        #expect("\(some.samples[0])" == "1 train row of each label, repeat 0")
    }

    @Test func trainThatIsTooSmall() throws {
        let targets = Targets.classes([0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
        func problem(_ plan: SamplePlan) -> String { errorText { try draw(plan, targets) } }
        #expect(
            problem(SamplePlan(.rows, sizes: [14], includesAll: true))
                == "learning-curve, sizes: found 14, expected fewer than the 14 train rows; the whole train part is 'all'"
        )
        #expect(
            problem(SamplePlan(.perClass, sizes: [1, 2], includesAll: true))
                == "learning-curve, per-class: found 2, but train has 1 row of 'l0'")
        let labels = try SplitProblems.names(.multiclass, Self.K)
        #expect(SamplePlan(.rows, sizes: [7], includesAll: true).notice(labels: labels) == nil)
        #expect(
            SamplePlan(.rows, sizes: [3, 6, 7], includesAll: true).notice(labels: labels)?
                .hasPrefix("samples of 3, 6 train rows cannot have a row of each of the 7 labels") == true)
        #expect(
            SamplePlan(.rows, sizes: [1, 7], includesAll: true).notice(labels: labels)
                == "samples of 1 train row cannot have a row of each of the 7 labels; the most frequent have one"
        )
        #expect(
            errorText { try draw(SamplePlan(.rows, sizes: [1], includesAll: true), .classes([0])) }
                == "learning-curve, sizes: found 1, expected fewer than the 1 train row; the whole train part is 'all'"
        )
        // A label that no train row has is nobody's fault here.
        let unused = Targets.classes([0, 0, 1, 1])
        #expect(
            try draw(SamplePlan(.perClass, sizes: [2], includesAll: true), unused)[0].sorted() == [
                0, 1, 2, 3,
            ])
    }
}
