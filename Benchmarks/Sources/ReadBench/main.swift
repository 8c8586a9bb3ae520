import Corpora
import Foundation

// ReadBench FILE COLUMN... [--rounds N]: reads the columns of a table into arrays of strings, and prints as JSON the
// seconds of each round, rows, bytes of all cells and a digest of them, by which the peers' result is compared.

var arguments = Array(CommandLine.arguments.dropFirst())
var rounds = 1
if let flag = arguments.firstIndex(of: "--rounds"), flag + 1 < arguments.count {
    rounds = Int(arguments[flag + 1]) ?? 1
    arguments.removeSubrange(flag...flag + 1)
}
guard arguments.count >= 2, let format = DataFormat(endingOf: arguments[0]) else {
    FileHandle.standardError.write(Data("ReadBench FILE COLUMN... [--rounds N]\n".utf8))
    exit(2)
}

/// The cells of each column.
func read(_ path: String, _ columns: [String]) throws -> [[String]] {
    let file = DataFile(path: path, folder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
    var reader = try RecordReader(file.source(), format)
    let wanted = try columns.map { try reader.column($0) }
    var table: [[String]] = columns.map { _ in [] }
    var cells: [Cell] = []
    while try reader.read(wanted, into: &cells) != nil {
        for column in cells.indices {
            guard case .text(let text) = cells[column] else { continue }
            table[column].append(text)
        }
    }
    return table
}

/// FNV-1a over the UTF-8 bytes of all cells, column by column, a zero byte after each.
func digest(_ table: [[String]]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for column in table {
        for cell in column {
            for byte in cell.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = hash &* 0x100_0000_01B3
        }
    }
    return hash
}

var seconds: [Double] = []
var table: [[String]] = []
for _ in 0..<rounds {
    table = []
    let start = ContinuousClock.now
    table = try read(arguments[0], Array(arguments.dropFirst()))
    let (whole, part) = start.duration(to: .now).components
    seconds.append(Double(whole) + Double(part) * 1e-18)
}
let bytes = table.reduce(0) { $0 + $1.reduce(0) { $0 + $1.utf8.count } }
print(
    "{\"seconds\": \(seconds), \"rows\": \(table.first?.count ?? 0), \"bytes\": \(bytes), \"digest\": \(digest(table))}"
)
