import Foundation
import Labels
import SafeFiles
import TensorFiles

/// The files of saved models.
package enum ModelFile {
    /// JSON with sorted keys and a line feed at the end.
    package static func encoded(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// What every such file says of itself.
    private struct Heading: Codable {
        let format: String
        let version: Int
    }

    /// Which kind of model a file says that it describes.
    package static func format(of file: URL) throws -> String {
        let data = Data(try InputFile(file).readToEnd())
        do {
            return try JSONDecoder().decode(Heading.self, from: data).format
        } catch {
            throw LinearModelError.badModel(file: file.path, reason: String("\(error)".prefix(300)))
        }
    }

    package static func decode<T: Decodable>(
        _ type: T.Type, from file: URL, format: String, version: Int
    ) throws -> T {
        let data = Data(try InputFile(file).readToEnd())
        do {
            let heading = try JSONDecoder().decode(Heading.self, from: data)
            guard heading.format == format, heading.version == version else {
                throw LinearModelError.badModel(
                    file: file.path,
                    reason: "found '\(heading.format)' version \(heading.version), "
                        + "expected '\(format)' version \(version)")
            }
            return try JSONDecoder().decode(type, from: data)
        } catch let error as LinearModelError {
            throw error
        } catch {
            throw LinearModelError.badModel(file: file.path, reason: String("\(error)".prefix(300)))
        }
    }

    /// Tensors of a file of safetensors by their names and shapes. Infinite is allowed, as the intercept of a label that is
    /// always or never there.
    /// - Throws: `FileError`, or `LinearModelError.badModel` for tensors of other shapes or types, or with NaN.
    package static func doubles(_ shapes: [String: [Int]], from file: URL) throws -> [String: [Double]] {
        let bytes = try InputFile(file).readToEnd()
        do {
            let stored = try Safetensors(bytes)
            return try Dictionary(
                uniqueKeysWithValues: shapes.map { name, shape in
                    let values = try stored.doubles(name, shape: shape)
                    if values.contains(where: \.isNaN) { throw SafetensorsError.notFinite(tensor: name) }
                    return (name, values)
                })
        } catch {
            throw LinearModelError.badModel(file: file.path, reason: "\(error)")
        }
    }

    /// A decoded label space, checked like any other.
    package static func validated(_ labelSpace: LabelSpace, file: URL) throws(LinearModelError) -> LabelSpace
    {
        do {
            return try LabelSpace(kind: labelSpace.kind, names: labelSpace.names)
        } catch {
            throw .badModel(file: file.path, reason: "\(error)")
        }
    }
}
