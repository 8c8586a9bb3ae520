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

    package func write(
        _ saved: some Encodable, coefficients: Matrix<Double>, intercepts: [Double]
    ) throws {
        let values: [String: Safetensors.Tensor] = [
            Name.coefficients: .init(
                shape: [coefficients.rowCount, coefficients.columnCount],
                values: .float64(coefficients.values)),
            Name.intercepts: .init(shape: [intercepts.count], values: .float64(intercepts)),
        ]
        try OutputFile.write(try Safetensors(tensors: values).encoded(), to: tensors)
        try OutputFile.write(try ModelFile.encoded(saved), to: description)
    }

    /// The coefficients [M, D] and the intercepts [M].
    /// - Throws: `FileError`, or `LinearModelError.badModel` for tensors of other shapes or types.
    package func numbers(
        modelCount M: Int, columnCount D: Int
    ) throws -> (coefficients: Matrix<Double>, intercepts: [Double]) {
        let values = try ModelFile.doubles([Name.coefficients: [M, D], Name.intercepts: [M]], from: tensors)
        return (
            Matrix(rowCount: M, columnCount: D, values: values[Name.coefficients] ?? []),
            values[Name.intercepts] ?? []
        )
    }
}
