import SettingKeys

/// Why a dataset's repository, which is there, does not give the files that were asked for.
public enum HubDatasetProblem: Error, Equatable, Sendable {
    /// The YAML of its README.
    case card(SettingsError)
    /// Nil: none was named, and none is the default.
    case noConfiguration(asked: String?, known: [String])
    /// No file that can be read, among files with these endings.
    case noData(configuration: String?, endings: [String])
    /// A split of the README whose patterns no file matches.
    case noFiles(split: String, patterns: [String])
    /// Something that the README says of reading the files and that is not done.
    case option(configuration: String, key: String)
    /// The rows are made by a program of the repository; whether the hub has them as Parquet at another revision.
    case program(String, isElsewhere: Bool)
    /// An address of files that are not there.
    case noMatch(path: String, near: String?)
    /// Of these splits not all files are in the cache.
    case incomplete(splits: [String])
}

extension HubDatasetProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .card(let error):
            "\(error)"
        case .noConfiguration(let asked?, let known):
            "it has no configuration '\(shown(asked))'\(meantHint(nearest(to: asked, in: known))); it has: \(listed(known))"
        case .noConfiguration(nil, let known):
            "it has several configurations; name one with 'config': \(listed(known))"
        case .noData(let configuration, let endings):
            (configuration.map { "configuration '\(shown($0))'" } ?? "it")
                + " has no data file that can be read: Parquet, JSON Lines, JSON, CSV or TSV"
                + (endings.isEmpty ? "" : "; found files ending in \(listed(endings))")
        case .noFiles(let split, let patterns):
            "its README says that split '\(shown(split))' is in \(listed(patterns)), which no file that can be read matches"
        case .option(let configuration, let key):
            "its README has '\(shown(key))' for configuration '\(shown(configuration))', which is not done here; done are "
                + "'data_files', 'data_dir', 'sep' and 'delimiter'. Name its files by \(HubFileAddress.form) instead, "
                + "with keys that say how they are written"
        case .program(let program, let isElsewhere):
            "its rows are made by a program, \(shown(program)), which is not run"
                + (isElsewhere
                    ? "; the hub's own Parquet of them is at revision \(HubName.convertedRevision)"
                    : ", and the hub has no Parquet of them")
        case .noMatch(let path, let near):
            "it has no file '\(shown(path))'\(meantHint(near))"
        case .incomplete(let splits):
            "not all files of \(splits.count == 1 ? "split" : "splits") \(listed(splits)) are in the cache"
        }
    }
}
