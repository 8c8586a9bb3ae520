import Foundation

extension DataFormat {
    /// The spellings of `format:`.
    package enum Name: String, CaseIterable {
        case csv, tsv, jsonl, parquet, lines

        package init?(fileExtension: String) {
            switch fileExtension {
            case "csv": self = .csv
            case "tsv", "tab": self = .tsv
            case "jsonl", "ndjson", "json": self = .jsonl
            case "parquet", "pq": self = .parquet
            case "txt": self = .lines
            default: return nil
            }
        }
    }

    /// The form that a path's extension tells, with that form's defaults; nil for lines of text and for anything else.
    public init?(endingOf path: String) {
        let file = DataFile.file(URL(fileURLWithPath: path))
        switch Name(fileExtension: file.fileExtension) {
        case .csv: self = .table(.csv)
        case .tsv: self = .table(.tsv)
        case .jsonl: self = .jsonLines
        case .parquet: self = .parquet
        case .lines, nil: return nil
        }
    }

    /// Whether a path's extension is that of some data file, packed or not.
    public static func isNamed(by path: String) -> Bool {
        Name(fileExtension: DataFile(path: path, folder: URL(fileURLWithPath: "/")).fileExtension) != nil
    }

    /// The endings that tell a form, for messages.
    public static let endings = ".csv, .tsv, .jsonl, .ndjson, .json, .parquet or .txt"
    package static let tableEndings = ".csv, .tsv, .jsonl, .ndjson, .json or .parquet"
}
