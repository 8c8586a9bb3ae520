import DeterministicWork
import Labels

extension SplitPlan {
    /// Splits the rows of `targets` by this plan.
    ///
    /// - Parameters:
    ///   - targets: What each of N rows is labelled.
    ///   - labels: The names and kind of the labels.
    ///   - official: The part of each row that the corpus came with, if it did.
    ///   - groups: As `groups(of:)` gives them; needed where the plan groups.
    /// - Returns: The split, and what is worth knowing about it.
    /// - Throws: `SplitError.tooFewRows` for a class that stratification by labels cannot bring into every part, `.inTrain` around it
    ///   where a part of the rows is divided; `.emptyPart`, `.noOfficialParts`, `.officialPartExists`, `.badFolds`.
    public func split(
        _ targets: Targets, labels: LabelSpace, official: [Part]? = nil, groups: TextGroups? = nil
    ) throws(SplitError) -> (split: Split, notices: [SplitNotice]) {
        precondition(groupBy == nil || groups != nil)
        var parts = Array(repeating: Part.train, count: targets.count)
        if self.official {
            guard let official else { throw .noOfficialParts }
            precondition(official.count == targets.count)
            for part in shares.parts where part != .train && official.contains(part) {
                throw .officialPartExists(part)
            }
            parts = official
        }
        if let fold, let folds {
            let foldOfRow = try folds.folds(
                of: targets, labelCount: labels.count, groups: groups?.first)
            parts = foldOfRow.map { $0 == fold.index ? .test : .train }
        }
        if shares.parts != [.train] {
            let rows = parts.indices.filter { parts[$0] == .train }
            let dealt: [Part]
            do throws(SplitError) {
                dealt = try deal(
                    targets.selecting(rows), labels: labels,
                    groups: groups.map { groups in rows.map { groups.first[$0] } })
            } catch {
                throw fold == nil && !self.official ? error : .inTrain(of: fold, inAll(error))
            }
            for (row, part) in zip(rows, dealt) { parts[row] = part }
        }
        let split = Split(parts: parts)
        return (split, notices(on: split, of: targets, labels: labels))
    }

    /// The part of each row when all are dealt by `shares`.
    private func deal(
        _ targets: Targets, labels: LabelSpace, groups: [Int]?
    ) throws(SplitError) -> [Part] {
        let bins = dealt(
            targets, labelCount: labels.count, stratify: stratify, weights: shares.weights, groups: groups,
            random: RandomStream(seed: seed, for: .split))
        let shared = shares.parts
        let parts = bins.map { shared[$0] }
        for part in shared where !parts.contains(part) {
            if let groups {
                throw .tooFewGroups(label: nil, rows: parts.count, groups: Set(groups).count)
            }
            throw .emptyPart(part, rows: parts.count)
        }
        if stratify == .labels, case .classes = targets {
            try requireEveryClass(of: targets, in: Split(parts: parts), labels: labels, groups: groups)
        }
        return parts
    }

    /// The same with as many rows of a class as are enough in the whole corpus, of which a fold takes its share.
    private func inAll(_ error: SplitError) -> SplitError {
        guard case .tooFewRows(let label, let rows, let needed) = error, let count = fold?.count else {
            return error
        }
        // The largest fold has r / k of r rows, rounded up.
        var all = needed
        while all - (all + count - 1) / count < needed { all += 1 }
        return .tooFewRows(label: label, rows: rows, needed: all)
    }

    private func requireEveryClass(
        of targets: Targets, in split: Split, labels: LabelSpace, groups: [Int]?
    ) throws(SplitError) {
        let absences = absences(of: targets, in: split, labelCount: labels.count)
        for (label, absence) in absences.enumerated() where !absence.parts.isEmpty {
            let name = labels.names[label]
            if let groups {
                let own = groups.indices.filter { targets.labels(ofRow: $0).contains(label) }
                let count = Set(own.map { groups[$0] }).count
                if count < own.count { throw .tooFewGroups(label: name, rows: own.count, groups: count) }
            }
            // From unit / weight rows on, the smallest share comes to a whole row.
            let smallest = shares.weights.min() ?? SplitShares.unit
            let needed = (SplitShares.unit + smallest - 1) / smallest
            throw .tooFewRows(label: name, rows: absence.rows, needed: needed)
        }
    }

    /// What is worth knowing about a split that was made by this plan.
    public func notices(on split: Split, of targets: Targets, labels: LabelSpace) -> [SplitNotice] {
        var notices: [SplitNotice] = []
        let absences = absences(of: targets, in: split, labelCount: labels.count)
        for (name, absence) in zip(labels.names, absences) {
            if absence.rows == 0 {
                notices.append(.unusedLabel(name))
            } else if !absence.parts.isEmpty {
                notices.append(.absentLabel(name, rows: absence.rows, parts: absence.parts))
            }
        }
        if stratify == .labelCount {
            let counts = targets.labelCountOfRows
            let absences = self.absences(
                of: .classes(counts), in: split, labelCount: (counts.max() ?? 0) + 1)
            for (count, absence) in absences.enumerated() where absence.rows > 0 && !absence.parts.isEmpty {
                notices.append(.absentLabelCount(count, rows: absence.rows, parts: absence.parts))
            }
        }
        return notices
    }

    /// For each label its rows, and those parts of the split that have rows but none with it.
    private func absences(
        of targets: Targets, in split: Split, labelCount: Int
    ) -> [(rows: Int, parts: [Part])] {
        let used = Part.allCases.filter { split.parts.contains($0) }
        let counts = used.map {
            targets.selecting(split.rows(of: $0)).labelCounts(labelCount: labelCount)
        }
        return (0..<labelCount).map { label in
            (
                rows: counts.reduce(0) { $0 + $1[label] },
                parts: zip(used, counts).filter { $1[label] == 0 }.map(\.0)
            )
        }
    }
}
