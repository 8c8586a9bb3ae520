/// What a dataset's repository says of itself in the YAML of its README: which files each configuration is made of, and what
/// its columns hold.
public struct DatasetCard: Equatable, Sendable {
    package internal(set) var configurations: [Configuration] = []
    package internal(set) var infos: [Info] = []

    /// An item of `configs`.
    package struct Configuration: Equatable, Sendable {
        package internal(set) var name: String
        package internal(set) var isDefault = false
        /// The patterns of each split's files, in order; nil where files are found by their names.
        package internal(set) var splits: [(name: String, patterns: [String])]?
        /// `data_dir`, in which files are found by their names.
        package internal(set) var folder: String?
        /// What else is said of how the files are read, by key.
        package internal(set) var options: [String: String] = [:]
        package internal(set) var features: [Feature] = []

        package static func == (a: Configuration, b: Configuration) -> Bool {
            a.name == b.name && a.isDefault == b.isDefault && a.folder == b.folder && a.options == b.options
                && a.features == b.features && a.splits?.map(\.name) == b.splits?.map(\.name)
                && a.splits?.map(\.patterns) == b.splits?.map(\.patterns)
        }
    }

    /// An item of `dataset_info`.
    package struct Info: Equatable, Sendable {
        package internal(set) var configuration: String
        package internal(set) var splits: [String] = []
        package internal(set) var features: [Feature] = []
    }

    /// A column.
    public struct Feature: Equatable, Sendable {
        public let name: String
        /// Whether it holds texts.
        public let isText: Bool
        /// The names of the classes whose numbers the column, or a list in it, holds.
        public let classNames: [String]?
    }

    /// What is said of a configuration's columns; empty where nothing is.
    package func features(of configuration: String) -> [Feature] {
        let own = configurations.first { $0.name == configuration }?.features ?? []
        return own.isEmpty ? info(of: configuration)?.features ?? [] : own
    }

    /// The splits that are said to be there; nil where nothing is said of them.
    package func splits(of configuration: String) -> [String]? {
        let own = configurations.first { $0.name == configuration }?.splits?.map(\.name)
        let told = own ?? info(of: configuration)?.splits ?? []
        return told.isEmpty ? nil : told
    }

    private func info(of configuration: String) -> Info? {
        if let own = infos.first(where: { $0.configuration == configuration }) { return own }
        // Where files are found by their names, a configuration has no name of its own.
        return configurations.isEmpty && infos.count == 1 ? infos[0] : nil
    }
}
