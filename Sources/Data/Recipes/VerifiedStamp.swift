import Foundation
import SafeFiles

/// A note beside fetched files that they had the SHA-256 of their recipe, good until one of them is touched: reading
/// the weights of an encoder again for every command would take longer than the command.
///
/// A file counts as untouched while its `FileStamp` is the same.
package struct VerifiedStamp {
    private let file: URL
    /// Nil if a file is not there or was touched a moment ago, when a further write might leave the same times.
    private let lines: String?

    package init(folder: URL, files: [Recipe.File], now: Date = Date()) {
        file = folder.appendingPathComponent(".verified")
        var lines = ""
        for item in files {
            guard let stamp = FileStamp(folder.appendingPathComponent(item.path)), stamp.isSettled(at: now)
            else {
                self.lines = nil
                return
            }
            lines += "\(item.sha256 ?? "-") \(stamp.text) \(item.path)\n"
        }
        self.lines = lines
    }

    /// Whether the files were verified as they are now.
    package var isValid: Bool {
        guard let lines, let bytes = try? InputFile(file).readToEnd() else { return false }
        return bytes == Array(lines.utf8)
    }

    /// Notes that the files were read and are right. Where it cannot be written, they are read again next time.
    package func write() {
        if let lines { try? OutputFile.write(lines, to: file) }
    }
}
