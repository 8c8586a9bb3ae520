// Every number of a settings file has a range, which stands where the number is read.

extension Setting {
    /// More than anything that is counted here: rows, steps, terms.
    public static let maxCount = 1_000_000_000

    /// Numbers that are too small or too large for any use: beyond these, a reciprocal or a square is no number any more.
    public static let positiveRange = 1e-30...1e30

    /// A whole number within a range.
    public func int(in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        // What does not fit a number of the machine is out of range, not of another type.
        if case .scalar(let text, quoted: false) = value, Int(text) == nil, Setting.isWhole(text) {
            throw badValue(expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        let number = try int()
        guard range.contains(number) else {
            throw badValue(
                expected: number < range.lowerBound
                    ? "an integer of at least \(range.lowerBound)"
                    : "an integer of at most \(range.upperBound)")
        }
        return number
    }

    /// A count that is not too small.
    public func int(atLeast least: Int) throws(SettingsError) -> Int {
        try int(in: least...max(least, Setting.maxCount))
    }

    /// The seed of a random stream: any whole number of 64 bits.
    public func seed() throws(SettingsError) -> UInt64 {
        guard case .scalar(let text, quoted: false) = value, let seed = UInt64(text) else {
            throw badValue(expected: "an integer from 0 to \(UInt64.max)")
        }
        return seed
    }

    /// A number above 0.
    public func positiveDouble() throws(SettingsError) -> Double {
        let number = try double()
        guard number > 0 else { throw badValue(expected: "a number above 0") }
        return try inPositiveRange(number)
    }

    /// A number of 0 or more.
    public func nonNegativeDouble() throws(SettingsError) -> Double {
        let number = try double()
        guard number >= 0 else { throw badValue(expected: "a number of at least 0") }
        return number == 0 ? 0 : try inPositiveRange(number)
    }

    private func inPositiveRange(_ number: Double) throws(SettingsError) -> Double {
        guard Setting.positiveRange.contains(number) else {
            throw badValue(
                expected:
                    "a number from \(Setting.positiveRange.lowerBound) to \(Setting.positiveRange.upperBound)"
            )
        }
        return number
    }

    private static func isWhole(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
