import Foundation

/// A word of a command line as a POSIX shell reads it as one word, whatever is in it.
func shellQuoted(_ word: String) -> String {
    let isPlain =
        !word.isEmpty
        && word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "%+,-./:=@_".utf8.contains(byte)
            }
        }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
}

/// A command line for a POSIX shell.
func shellCommand(_ words: [String]) -> String { words.map(shellQuoted).joined(separator: " ") }
