import Corpora
import Foundation
import Labels
import SettingKeys
import Tables

extension DatasetReference {
    /// Reads the data files of rows that a model with these labels is to be scored on.
    ///
    /// A cell is read as the model's labels are: one or several, in the model's order, whatever occurs here. Where the
    /// dataset names its labels itself, these names are looked up among the model's.
    /// - Throws: `ExperimentError.labelsOfOthers` for rows with labels that the model does not know.
    public func load(cache: URL, labels known: LabelSpace) throws -> LoadedDataset {
        let place = try local(cache: cache)
        var schema = try place.schema
        let hasOwnColumns = try hasLabelColumns(of: known, schema)
        if hasOwnColumns { schema.labels = LabelSchema(kind: .multilabel, source: .indicators(known.names)) }
        if case .column(let column, _)? = schema.labels?.source, schema.labels?.names == nil,
            try !namesClasses(of: column, schema)
        {
            schema.labels?.names = .list(known.names)
            schema.labels?.kind = known.kind
            schema.labels?.reading.countsNames = false
        }
        let loaded = try load(schema, from: place)
        var corpus = try loaded.corpus.relabeled(known, dataset: loaded.name)
        if hasOwnColumns {
            corpus.notices.append(
                "there is no column 'label'; the columns named as the model's labels (\(listed(known.names))) are read, as "
                    + "with --label-columns")
        }
        var summary = loaded.summary
        summary.labelSpace = known
        return LoadedDataset(name: loaded.name, corpus: corpus, summary: summary)
    }

    /// Whether the files themselves tell what the numbers of a column mean.
    private func namesClasses(of column: String, _ schema: DatasetSchema) throws -> Bool {
        guard schema.format == .parquet, let file = schema.files.all.first else { return false }
        let reader = try schema.reader(of: file, source: file.source())
        return try reader.classNames(ofColumn: reader.column(column)) != nil
    }

    /// Whether nobody told where the labels are, no column has the default name, and every label of the model has a column
    /// of its own.
    private func hasLabelColumns(of known: LabelSpace, _ schema: DatasetSchema) throws -> Bool {
        guard hasDefaultLabel, known.kind == .multilabel, case .one(let file) = schema.files,
            case .file = file
        else { return false }
        let columns = try RecordReader(file.source(), schema.format, encoding: schema.encoding).columns
        return !columns.contains("label") && Set(known.names).isSubset(of: columns)
    }
}

extension Corpus {
    /// The same rows with their labels found by name in another label space.
    fileprivate func relabeled(_ known: LabelSpace, dataset: String) throws(ExperimentError) -> Corpus {
        if labelSpace == known { return self }
        if (labelSpace.kind == .multilabel) != (known.kind == .multilabel) {
            throw .unsuitableLabels(
                contestant: dataset, found: labelSpace.names,
                expected: known.kind == .multilabel
                    ? "several labels a row, as the model gives" : "one label a row, as the model gives")
        }
        let reader = LabelReader(known.names)
        let places = labelSpace.names.map { reader.index(of: $0) }
        let counts = targets.labelCounts(labelCount: labelSpace.count)
        // A name that no row has does no harm.
        let others = labelSpace.names.indices.filter { places[$0] == nil && counts[$0] > 0 }
        if let first = others.first {
            let row = (0..<count).first { targets.labels(ofRow: $0).contains(first) } ?? 0
            throw .labelsOfOthers(
                dataset: dataset, id: ids[row], labels: others.map { labelSpace.names[$0] },
                known: known.names)
        }
        let rows = (0..<count).map { row in targets.labels(ofRow: row).compactMap { places[$0] } }
        var corpus = Corpus(
            ids: ids, texts: texts, targets: Targets(rows: rows, in: known), labelSpace: known,
            officialParts: officialParts,
            fingerprint: fingerprint, isSilver: isSilver, missingValues: missingValues, groups: groups,
            cleaning: cleaning, notices: notices)
        corpus.sliceValues = sliceValues
        return corpus
    }
}
