import Foundation

/// What became of the inputs that a target was given.
struct Tally: Sendable {
    /// `accepted` and `refused` are answers, the others defects.
    enum Kind: String, CaseIterable, Sendable {
        case accepted, refused, trap, hang, memory, cut, outside
    }

    private(set) var counts = Array(repeating: 0, count: Kind.allCases.count)
    private(set) var longest = 0.0
    private(set) var peakMegabytes = 0

    var inputs: Int { counts.reduce(0, +) }
    var defects: Int {
        Kind.allCases.filter { $0 != .accepted && $0 != .refused }.map { self[$0] }.reduce(0, +)
    }

    subscript(_ kind: Kind) -> Int { zip(Kind.allCases, counts).first { $0.0 == kind }?.1 ?? 0 }

    mutating func add(_ kind: Kind) {
        for (place, other) in Kind.allCases.enumerated() where other == kind { counts[place] += 1 }
    }

    mutating func note(seconds: Double, megabytes: Int) {
        longest = max(longest, seconds)
        peakMegabytes = max(peakMegabytes, megabytes)
    }

    static func + (a: Tally, b: Tally) -> Tally {
        var sum = a
        sum.counts = zip(a.counts, b.counts).map(+)
        sum.note(seconds: b.longest, megabytes: b.peakMegabytes)
        return sum
    }

    // MARK: As a line, which outlives the process that wrote it

    var line: String {
        (counts.map { "\($0)" } + ["\(longest)", "\(peakMegabytes)"]).joined(separator: " ")
    }

    init() {}

    init?(line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == counts.count + 2, let longest = Double(words[counts.count]),
            let peak = Int(words[counts.count + 1])
        else { return nil }
        counts = words.prefix(counts.count).compactMap { Int($0) }
        guard counts.count == Kind.allCases.count else { return nil }
        (self.longest, peakMegabytes) = (longest, peak)
    }

    // MARK: As a row of a table

    static let header =
        cells(
            [
                "target", "inputs", "accepted", "refused", "traps", "hangs", "memory", "cut", "outside",
                "longest", "peak",
            ])

    func row(_ name: String) -> String {
        Tally.cells(
            [name, "\(inputs)"] + counts.map { "\($0)" }
                + [String(format: "%.2f s", longest), "\(peakMegabytes) MB"])
    }

    private static func cells(_ words: [String]) -> String {
        words.enumerated().map { place, word in
            let width = place == 0 ? 18 : 9
            let space = String(repeating: " ", count: max(0, width - word.count))
            return place == 0 ? word + space : space + word
        }.joined(separator: " ")
    }
}
