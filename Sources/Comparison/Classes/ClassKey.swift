import Corpora
import DeterministicWork
import Foundation
import SafeFiles

/// The secret key of a class, from which new ids, pseudonyms and the public rows follow. Whoever lacks it can compute
/// none of them.
public struct ClassKey: Sendable {
    private let digest: KeyedDigest

    private init(_ digest: KeyedDigest) {
        self.digest = digest
    }

    /// A new key of the system's randomness.
    public static func random() -> ClassKey { ClassKey(.withRandomKey()) }

    /// A key as 64 hexadecimal digits; nil for anything else.
    public init?(hexadecimal: String) {
        let digits = hexadecimal.compactMap(\.hexDigitValue).map { UInt8($0) }
        guard digits.count == hexadecimal.count, digits.count == 2 * KeyedDigest.byteCount else { return nil }
        self.init(
            KeyedDigest(
                key: stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }))
    }

    /// A key from a file, in which nothing else stands; nil where it is none.
    /// - Throws: `FileError`.
    public init?(contentsOf file: URL) throws(FileError) {
        let text = String(decoding: try InputFile(file).readToEnd(), as: UTF8.self)
        self.init(hexadecimal: text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// 64 hexadecimal digits.
    public var hexadecimal: String {
        digest.key.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    // MARK: Ids

    /// No vowels, so that no id is a word; no digits, so that no spreadsheet takes one for a number.
    private static let letters = Array("bcdfghjklmnpqrstvwxz")
    /// 20 letters to the 12th: of a million rows two meet with a chance of 1 in 8,000, and one is then named anew.
    private static let idLength = 12

    /// New ids of rows, which tell nothing of them: neither which row of the dataset it is, nor its place, nor its label.
    ///
    /// - Parameter rows: The ids of the dataset, all different.
    /// - Returns: An id for each row, all different.
    package func ids(of rows: [String], in part: Part) -> [String] {
        var taken = Set<String>()
        return rows.map { row in
            var attempt = 0
            while true {
                let bytes = digest("id/\(part.rawValue)/\(attempt)/\(row)")
                let id = String(
                    ClassKey.digits(of: bytes, count: ClassKey.idLength).map { ClassKey.letters[$0] })
                if taken.insert(id).inserted { return id }
                attempt += 1
            }
        }
    }

    /// Digits in base 20, each of two bytes: no digit is favoured by more than 1 in 3,000.
    private static func digits(of bytes: [UInt8], count: Int) -> [Int] {
        (0..<count).map { (Int(bytes[2 * $0]) << 8 | Int(bytes[2 * $0 + 1])) % letters.count }
    }

    // MARK: Pseudonyms

    private static let vowels = Array("aeiou")
    private static let syllables = 4

    /// A name that can be said and tells nothing of the team: the same for a team at any time.
    package func pseudonym(of team: String) -> String {
        let bytes = digest("team/\(team)")
        let consonants = ClassKey.digits(of: bytes, count: ClassKey.syllables)
        return String(
            consonants.enumerated().flatMap { place, digit in
                let vowel = Int(bytes[2 * ClassKey.syllables + place]) % ClassKey.vowels.count
                return [ClassKey.letters[digit], ClassKey.vowels[vowel]]
            })
    }

    // MARK: Chance

    /// The seed of what is drawn in secret, such as the public rows.
    package func seed(for purpose: String) -> UInt64 {
        digest("seed/\(purpose)").prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
