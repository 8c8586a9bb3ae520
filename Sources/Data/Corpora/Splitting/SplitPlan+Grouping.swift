import Labels

extension SplitPlan {
    /// Rows that go to one part together.
    public enum Grouping: String, Codable, CaseIterable, Sendable {
        /// Those of equal texts, in any case and spacing.
        case duplicates
        /// Those of nearly equal texts as well.
        case nearDuplicates = "near-duplicates"
        /// Those with the same value in the dataset's column `group`; a row without one stands alone.
        case group
    }

    /// The group of each row, as this plan asks; nil where rows are dealt one by one.
    /// - Throws: `SplitError.noGroupColumn`.
    public func groups(of corpus: Corpus) throws(SplitError) -> TextGroups? {
        switch groupBy {
        case nil: return nil
        case .duplicates: return TextGroups(equal: corpus.texts)
        case .nearDuplicates: return TextGroups(near: corpus.texts)
        case .group:
            guard let groups = corpus.groups else { throw .noGroupColumn }
            return TextGroups(columnValues: groups)
        }
    }

    /// What is worth knowing about the groups of a corpus.
    /// - Parameter cutTexts: As `TextGroups.cutTexts` has it.
    public func groupNotices(of corpus: Corpus, cutTexts: Int = 0) -> [SplitNotice] {
        if cutTexts > 0 { return [.cutNearSearch(texts: cutTexts)] }
        guard groupBy == .group, let groups = corpus.groups else { return [] }
        let rows = groups.count { LabelSpelling.trimmed($0).isEmpty }
        return rows == 0 ? [] : [.ungroupedRows(rows)]
    }
}
