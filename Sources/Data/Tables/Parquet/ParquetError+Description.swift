extension ParquetError: CustomStringConvertible {
    public var description: String {
        var place = file
        if let column { place += ": column '\(column)'" }
        if let page { place += ", page \(page)" }
        return "\(place): \(problem)"
    }
}

extension ParquetProblem: CustomStringConvertible {
    public var description: String {
        let again = "get or write the file again"
        switch self {
        case .notParquet:
            return
                "not a Parquet file (it should begin and end with 'PAR1'); if it is a table of text, set 'format:'"
        case .encrypted:
            return "the file is encrypted, which is not supported; write it without encryption"
        case .truncated(let what):
            return "the bytes end in the middle of \(what); \(again)"
        case .damaged(let what):
            return "the file is damaged: \(what); \(again)"
        case .cannotUnpack(let codec):
            return "the file is damaged: a page cannot be unpacked (\(codec)); \(again)"
        case .unsupported(let what):
            return "\(what) is not supported; write the file with pandas' or Polars' defaults, or as CSV"
        case .invalidText:
            return "a text is not UTF-8"
        case .nullInList:
            return "a list holds a null"
        }
    }
}
