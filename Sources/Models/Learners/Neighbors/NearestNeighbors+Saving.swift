import Foundation
import Labels
import LinearAlgebra
import SafeFiles
import TensorFiles

/// What a saved `NearestNeighbors` says in `model.json`; the rows stand in `model.safetensors`.
private struct SavedNeighbors: Codable {
    static let format = "bakeoff neighbors"
    static let version = 1

    var format = Self.format
    var version = Self.version
    var options: NearestNeighborsOptions
    var labelSpace: LabelSpace
    /// Of each row of train. Shape: [N][].
    var labels: [[Int]]
    /// D.
    var featureCount: Int
    /// How many values are stored of sparse rows; nil where they are dense.
    var valueCount: Int?
    var notices: [FitNotice]
}

/// The tensors of saved rows, all F64.
private enum Name {
    /// Shape: [N, D] of dense rows, else [values].
    static let values = "values"
    /// Shape: [values].
    static let columns = "columns"
    /// Shape: [N + 1].
    static let offsets = "offsets"
}

extension NearestNeighbors {
    private static func tensorFile(in folder: URL) -> URL {
        folder.appendingPathComponent("model.safetensors")
    }
    private static func description(in folder: URL) -> URL { folder.appendingPathComponent("model.json") }

    /// Whether a folder holds what `save(to:)` writes.
    static func isSaved(in folder: URL) -> Bool {
        (try? ModelFile.format(of: description(in: folder))) == SavedNeighbors.format
    }

    func save(to folder: URL) throws {
        func tensor(_ values: [Double], _ shape: [Int]) -> Safetensors.Tensor {
            .init(shape: shape, values: .float64(values))
        }
        var tensors: [String: Safetensors.Tensor] = [:]
        var valueCount: Int?
        switch rows.features {
        case .dense(let X):
            tensors[Name.values] = tensor(X.values, [X.rowCount, X.columnCount])
        case .sparse(let X):
            valueCount = X.values.count
            tensors[Name.values] = tensor(X.values, [X.values.count])
            tensors[Name.columns] = tensor(X.columns.map(Double.init), [X.columns.count])
            tensors[Name.offsets] = tensor(X.rowOffsets.map(Double.init), [X.rowOffsets.count])
        }
        let saved = SavedNeighbors(
            options: options, labelSpace: labelSpace,
            labels: (0..<targets.count).map(targets.labels(ofRow:)), featureCount: featureCount,
            valueCount: valueCount, notices: notices)
        try OutputFile.write(
            try Safetensors(tensors: tensors).encoded(), to: NearestNeighbors.tensorFile(in: folder))
        try OutputFile.write(try ModelFile.encoded(saved), to: NearestNeighbors.description(in: folder))
    }

    /// Reads what `save(to:)` wrote.
    /// - Throws: `FileError`, or `LinearModelError.badModel` for files that cannot belong to one model of ours.
    init(from folder: URL) throws {
        let file = NearestNeighbors.description(in: folder)
        func bad(_ reason: String) -> LinearModelError { .badModel(file: file.path, reason: reason) }
        let saved = try ModelFile.decode(
            SavedNeighbors.self, from: file, format: SavedNeighbors.format, version: SavedNeighbors.version)
        let labelSpace = try ModelFile.validated(saved.labelSpace, file: file)
        let (N, D, K) = (saved.labels.count, saved.featureCount, labelSpace.count)
        let isMultilabel = labelSpace.kind == .multilabel
        guard N > 0, D >= 0, D <= Int(Int32.max), (1...N).contains(saved.options.neighbors),
            saved.labels.allSatisfy({ row in
                row.allSatisfy((0..<K).contains) && Set(row).count == row.count
                    && (isMultilabel || row.count == 1)
            })
        else { throw bad("rows, labels and neighbours do not go together") }
        let targets = Targets(rows: saved.labels, in: labelSpace)
        let rows: NeighborRows.Storage
        if let count = saved.valueCount {
            guard count >= 0 else { throw bad("value count \(count)") }
            let tensors = try ModelFile.doubles(
                [Name.values: [count], Name.columns: [count], Name.offsets: [N + 1]],
                from: NearestNeighbors.tensorFile(in: folder))
            guard
                let X = SparseMatrix(
                    columnCount: D, offsets: tensors[Name.offsets] ?? [],
                    columns: tensors[Name.columns] ?? [],
                    values: tensors[Name.values] ?? [])
            else { throw bad("its sparse rows are damaged") }
            rows = .sparse(X)
        } else {
            let tensors = try ModelFile.doubles(
                [Name.values: [N, D]], from: NearestNeighbors.tensorFile(in: folder))
            rows = .dense(Matrix(rowCount: N, columnCount: D, values: tensors[Name.values] ?? []))
        }
        self.init(
            saved.options, labelSpace: labelSpace, rows: NeighborRows(rows, saved.options.metric),
            targets: targets, notices: saved.notices)
    }
}

extension SparseMatrix {
    /// A matrix from numbers of a file; nil where they are none of one.
    fileprivate init?(columnCount: Int, offsets: [Double], columns: [Double], values: [Double]) {
        let offsets = offsets.compactMap { Int(exactly: $0) }
        let columns = columns.compactMap { Int32(exactly: $0) }
        guard values.allSatisfy(\.isFinite), columns.count == values.count, offsets.first == 0,
            offsets.last == values.count,
            zip(offsets, offsets.dropFirst()).allSatisfy({ start, end in
                guard start <= end, end <= columns.count else { return false }
                return columns[start..<end].allSatisfy { (0..<Int32(columnCount)).contains($0) }
                    && zip(columns[start..<end], columns[start..<end].dropFirst()).allSatisfy(<)
            })
        else { return nil }
        self.init(columnCount: columnCount, rowOffsets: offsets, columns: columns, values: values)
    }
}
