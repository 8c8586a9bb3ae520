import Foundation
import Tables

/// A dataset of the Hugging Face hub as it is in the cache: its files by split, and what its README says of its columns.
public struct HubDataset: Equatable, Sendable {
    public let snapshot: HubFetcher.Snapshot
    public let configuration: String
    /// Those that have files here, in the repository's order.
    public let splits: [Split]
    /// Those that its README tells and that were not wanted.
    public let otherSplits: [String]
    /// What stands between the fields of its CSV files, where its README says so.
    public let delimiter: String?
    public let features: [DatasetCard.Feature]
    /// Whether its README says which splits there are, so that none can be missing here.
    let isDeclared: Bool

    /// A split and its files.
    public struct Split: Equatable, Sendable {
        public let name: String
        /// In the repository.
        public let paths: [String]
    }

    init(_ selection: HubDatasetSelection, in snapshot: HubFetcher.Snapshot, splits wanted: [String]) {
        self.snapshot = snapshot
        configuration = selection.configuration
        splits = selection.splits.filter { wanted.contains($0.name) }
        otherSplits = (selection.declared ?? []).filter { !wanted.contains($0) }
        delimiter = selection.delimiter
        features = selection.features
        isDeclared = selection.declared != nil
    }
}
