import Tables

/// What reading a table gives; what it throws as an error of a corpus.
func fromTable<T>(_ value: @autoclosure () throws(TableError) -> T) throws(CorpusError) -> T {
    do throws(TableError) { return try value() } catch { throw .table(error) }
}
