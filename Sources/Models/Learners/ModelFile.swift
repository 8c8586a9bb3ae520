import Foundation
import Labels
import SafeFiles

/// The JSON files of saved models.
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
