import Foundation
import LinearAlgebra
import SafeFiles
import TensorFiles

/// The two files of a saved linear model: `model.json` says what it is, `model.safetensors` holds its numbers as F64.
package struct LinearModelFiles {
    package let description: URL
    package let tensors: URL

    package init(in folder: URL) {
        description = folder.appendingPathComponent("model.json")
        tensors = folder.appendingPathComponent("model.safetensors")
    }

    /// The names of the tensors of every linear model.
    private enum Name {
        /// Shape: [M, D].
        static let coefficients = "coef"
        /// Shape: [M].
        static let intercepts = "intercept"
    }

    /// - Parameter others: Further tensors of one dimension, by name.
    package func write(
        _ saved: some Encodable, coefficients: Matrix<Double>, intercepts: [Double],
        others: [String: [Double]] = [:]
    ) throws {
        var values = others.mapValues { Safetensors.Tensor(shape: [$0.count], values: .float64($0)) }
        values[Name.coefficients] = .init(
            shape: [coefficients.rowCount, coefficients.columnCount], values: .float64(coefficients.values))
        values[Name.intercepts] = .init(shape: [intercepts.count], values: .float64(intercepts))
        try OutputFile.write(try Safetensors(tensors: values).encoded(), to: tensors)
        try OutputFile.write(try ModelFile.encoded(saved), to: description)
    }

    /// The coefficients [M, D], the intercepts [M], and further tensors by their names and lengths.
    /// - Throws: `FileError`, or `LinearModelError.badModel` for tensors of other shapes or types.
    package func numbers(
        modelCount M: Int, columnCount D: Int, others: [String: Int] = [:]
    ) throws -> (coefficients: Matrix<Double>, intercepts: [Double], others: [String: [Double]]) {
        let bytes = try InputFile(tensors).readToEnd()
        do {
            let stored = try Safetensors(bytes)
            // Infinite is the intercept of a label that is always or never there.
            func numbers(_ name: String, _ shape: [Int]) throws(SafetensorsError) -> [Double] {
                let values = try stored.doubles(name, shape: shape)
                if values.contains(where: \.isNaN) { throw .notFinite(tensor: name) }
                return values
            }
            return (
                Matrix(
                    rowCount: M, columnCount: D, values: try numbers(Name.coefficients, [M, D])),
                try numbers(Name.intercepts, [M]),
                try Dictionary(uniqueKeysWithValues: others.map { ($0, try numbers($0, [$1])) })
            )
        } catch {
            throw LinearModelError.badModel(file: tensors.path, reason: "\(error)")
        }
    }
}
