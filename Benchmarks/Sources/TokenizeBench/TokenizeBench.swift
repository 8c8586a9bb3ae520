import Bakeoff
import Foundation


/// Times WordPiece on the lines of a file and prints one JSON object.
///
///     TokenizeBench MODEL TEXTS IDS THREADS
///
/// TEXTS holds a text a line; IDS becomes the token ids, a text a line, separated by spaces.
@main
enum TokenizeBench {
    private static let rounds = 5

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let threads = Int(arguments[4]) else {
            FileHandle.standardError.write(Data("usage: TokenizeBench MODEL TEXTS IDS THREADS\n".utf8))
            exit(2)
        }
        Threads.count = threads
        let tokenizer = try TextTokenizer(folder: URL(fileURLWithPath: arguments[1]))
        let text = try String(contentsOfFile: arguments[2], encoding: .utf8)
        let texts = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        var seconds: [Double] = []
        var encoded = tokenizer.encode(texts)
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            encoded = tokenizer.encode(texts)
            let (whole, rest) = start.duration(to: .now).components
            seconds.append(Double(whole) + Double(rest) * 1e-18)
        }
        let lines = texts.indices.map { row in
            encoded.ids[encoded.offsets[row]..<encoded.offsets[row + 1]].map(String.init).joined(
                separator: " ")
        }
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: arguments[3], atomically: true, encoding: .utf8)
        let median = seconds.sorted()[rounds / 2]
        print("{\"texts\": \(texts.count), \"seconds\": \(median)}")
    }
}
