import Bakeoff
import Foundation

// ReadBench FILE COLUMN... [--rounds N] [--strings]: reads the columns of a table into text columns (with --strings
// then into arrays of strings too), and prints as JSON the wall-clock and CPU seconds of each round, rows, and bytes of
// all cells, by which the peers' result is compared.

var arguments = Array(CommandLine.arguments.dropFirst())
var rounds = 1
if let flag = arguments.firstIndex(of: "--rounds"), flag + 1 < arguments.count {
    rounds = Int(arguments[flag + 1]) ?? 1
    arguments.removeSubrange(flag...flag + 1)
}
let wantsStrings = arguments.contains("--strings")
arguments.removeAll { $0 == "--strings" }
guard arguments.count >= 2, let format = DataFormat(endingOf: arguments[0]) else {
    FileHandle.standardError.write(Data("ReadBench FILE COLUMN... [--rounds N] [--strings]\n".utf8))
    exit(2)
}

/// The cells of each column.
func read(_ path: String, _ columns: [String]) throws -> [TextColumn] {
    let file = DataFile(path: path, folder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
    var reader = try RecordReader(file.source(), format)
    let wanted = try columns.map { try reader.column($0) }
    var table = columns.map { _ in TextColumn() }
    _ = try reader.read(.max, wanted, into: &table)
    return table
}

/// Seconds since some moment, and CPU seconds of this process.
func clocks() -> (wall: Double, cpu: Double) {
    (Double(DispatchTime.now().uptimeNanoseconds) * 1e-9, Double(clock()) / Double(CLOCKS_PER_SEC))
}

var seconds: [Double] = []
var cpu: [Double] = []
var table: [TextColumn] = []
var strings: [[String?]] = []
for _ in 0..<rounds {
    table = []
    strings = []
    let start = clocks()
    table = try read(arguments[0], Array(arguments.dropFirst()))
    if wantsStrings { strings = table.map(Array.init) }
    let end = clocks()
    seconds.append(end.wall - start.wall)
    cpu.append(end.cpu - start.cpu)
}
let bytes = table.reduce(0) { $0 + $1.byteCount }
print(
    "{\"seconds\": \(seconds), \"cpu\": \(cpu), \"rows\": \(table.first?.count ?? 0), \"bytes\": \(bytes)}")
