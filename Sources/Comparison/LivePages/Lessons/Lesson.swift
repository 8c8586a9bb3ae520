import Foundation
import SafeFiles
import SettingKeys

/// A lab beside a run: its page, and the script that says whether its fault is gone.
public struct Lesson: Sendable {
    let title: String
    let blocks: [LessonBlock]
    let check: LessonCheck

    /// Bytes of a lab's page, at most.
    private static let maxBytes = 1 << 20

    /// - Parameters:
    ///   - name: The folder of a lab, or its name in the folder `labs`.
    ///   - program: The path of the program that the check calls.
    ///   - folder: From where paths are seen, and where the check works.
    /// - Throws: `LessonError`, and what reading a file throws.
    public init(
        _ name: String, program: String?,
        in folder: URL = URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
        limit: Double = LessonCheck.usualLimit
    ) throws {
        // A base without a slash at its end would be taken for a file beside the lab.
        let base = URL(fileURLWithPath: folder.path, isDirectory: true)
        let places = [name, "labs/\(name)"].map { URL(fileURLWithPath: $0, relativeTo: base) }
        guard let lab = places.first(where: isFolder) else {
            throw LessonError.noLab(name, found: fileNames(in: folder.appendingPathComponent("labs")))
        }
        let page = lab.appendingPathComponent("README.md")
        let script = lab.appendingPathComponent("check.sh")
        for file in [page, script] where !isFile(file) {
            throw LessonError.missing(file: file.relativePath)
        }
        let bytes = try InputFile(page).readToEnd()
        if bytes.count > Lesson.maxBytes {
            throw LessonError.tooLong(file: page.relativePath, bytes: bytes.count, limit: Lesson.maxBytes)
        }
        var blocks = LessonBlock.blocks(of: String(decoding: bytes, as: UTF8.self))
        if case .heading(_, let words)? = blocks.first {
            title = words.map(\.text).joined()
            blocks.removeFirst()
        } else {
            title = lab.lastPathComponent
        }
        self.blocks = blocks
        check = LessonCheck(script: script.absoluteURL, program: program, folder: folder, limit: limit)
    }
}

/// Why a lab cannot be shown.
public enum LessonError: Error, Equatable, Sendable {
    case noLab(String, found: [String])
    case missing(file: String)
    case tooLong(file: String, bytes: Int, limit: Int)
    /// There is no shell to run the check.
    case noShell
}

extension LessonError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noLab(let name, let found):
            "--lesson '\(shown(name))': found no such folder, expected that of a lab, such as labs/7-folds"
                + (found.isEmpty ? "" : "; the folder labs has \(listed(found))")
        case .missing(let file):
            "\(file): missing; a lab has a page README.md and a script check.sh"
        case .tooLong(let file, let bytes, let limit):
            "\(file): found \(bytes) bytes, expected at most \(limit)"
        case .noShell: "the check needs bash, which is not on the PATH"
        }
    }
}
