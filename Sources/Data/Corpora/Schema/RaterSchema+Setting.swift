import Foundation
import SettingKeys
import Tables

/// The values of the keys of `labels.raters`; those of the file's form are read as a dataset's are.
struct RaterKeys: Sendable {
    var column: Setting?
    var minVotes: Int?
    var file: String?
    var format: Setting?
    var header: Setting?
    var quoting: Setting?
    var delimiter: Setting?
    var encoding: Setting?
    var columns: Setting?
    var count: Int?

    static let keys: KeyTable<RaterKeys> = KeyTable(RaterKeys()) {
        SettingKey(
            "column", \.column, .later("a column"), absent: nil,
            "Where each row is one person's rating: the column of the rater. The rows of one `group` are the ratings of one text."
        )
        SettingKey(
            "votes", \.minVotes, .count(atLeast: 1), absent: "\(RaterColumn.defaultMinVotes)",
            "Beside `column`: how many raters must give a label for it to be decided.")
        SettingKey(
            FileKeys.keys.name(of: \.file), \.file, .text("a path"), absent: nil,
            "Beside `bins`, and instead of `column`: the file of the ratings, beside those of the dataset. Its bytes are no part of the dataset's digest."
        )
        SettingKey(
            DatasetKeys.keys.name(of: \.format), \.format, .later("a format"), absent: "by the file's ending",
            "The file's format, as `format` of a dataset.")
        SettingKey(
            DatasetKeys.keys.name(of: \.header), \.header, .later("true or false"), absent: "true",
            "Whether its first row names its columns.")
        SettingKey(
            DatasetKeys.keys.name(of: \.quoting), \.quoting, .later("as of a dataset"),
            absent: "rfc4180; for tsv none", "How its fields are quoted.")
        SettingKey(
            DatasetKeys.keys.name(of: \.delimiter), \.delimiter, .later("one ASCII character"),
            absent: "a comma; for tsv a tab", "Its field delimiter.")
        SettingKey(
            DatasetKeys.keys.name(of: \.encoding), \.encoding, .later("as of a dataset"), absent: "utf-8",
            "Its character encoding.")
        SettingKey(
            DatasetKeys.keys.name(of: \.columns), \.columns,
            .later("a mapping", keys: { RaterColumnKeys.keys.reference }), absent: "`id` and `ratings`",
            "Where the ids and the ratings are.")
        SettingKey(
            "count", \.count, .count(atLeast: 1), absent: "any number",
            "How many ratings every row has; another number is an error.")
    }
}

/// The keys of `labels.raters.columns`.
struct RaterColumnKeys: Sendable {
    var id: Setting?
    var ratings: Setting?

    static let keys = KeyTable(RaterColumnKeys()) {
        SettingKey(
            "id", \.id, .later("a column"), absent: "id",
            "The column of the row's id, as the dataset has it.")
        SettingKey(
            "ratings", \.ratings, .later("a column"), absent: "ratings",
            "The column of the ratings: a list of numbers such as `[0, -1, 2]`.")
    }
}

extension LabelSchema {
    /// Reads the keys of `labels.raters`; touches no file.
    /// - Parameter bins: Of the labels, where numbers become labels.
    mutating func readRaters(
        _ setting: Setting, bins: Bins?, format: DataFormat, folder: URL
    ) throws(SettingsError) {
        let keys = try RaterKeys.keys.read(setting)
        if let column = keys.column {
            try keys.forbidOthers(
                than: [\.column, \.minVotes], expected: "no file of ratings beside 'column'")
            raterColumn = RaterColumn(
                try column.column(in: format), minVotes: keys.minVotes ?? RaterColumn.defaultMinVotes)
            return
        }
        try keys.forbid([\.minVotes], expected: "'column' beside it, whose raters vote")
        guard let bins else {
            throw setting.badValue(
                expected: "'bins' beside it, by which numbers become labels, or 'column' in it")
        }
        raters = try RaterSchema(keys, bins: bins, folder: folder)
    }
}

extension RaterSchema {
    fileprivate init(_ keys: ReadSettings<RaterKeys>, bins: Bins, folder: URL) throws(SettingsError) {
        file = DataFile(path: try keys.required(\.file), folder: folder)
        // Its form is told and refused as that of a dataset.
        let form = try DatasetKeys.keys.readOwn(keys.mapping)
        let formats = try DataFormat.formats(form, files: .one(file))
        format = formats[file] ?? .table(.csv)
        encoding = form.encoding
        let columns = try keys.columns.map { (columns) throws(SettingsError) in
            try RaterColumnKeys.keys.read(columns)
        }
        if format.hasNumberedColumns, columns?.id == nil || columns?.ratings == nil {
            throw (columns?.mapping ?? keys.mapping).missing(
                columns?.id == nil
                    ? RaterColumnKeys.keys.name(of: \.id)
                    : RaterColumnKeys.keys.name(of: \.ratings))
        }
        idColumn = try columns?.id?.column(in: format) ?? RaterColumnKeys.keys.name(of: \.id)
        ratingsColumn = try columns?.ratings?.column(in: format) ?? RaterColumnKeys.keys.name(of: \.ratings)
        count = keys.count
        self.bins = bins
    }
}
