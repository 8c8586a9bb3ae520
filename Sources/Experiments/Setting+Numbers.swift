import Settings

extension Setting {
    /// A whole number that is not too small.
    func int(atLeast least: Int) throws -> Int {
        let number = try int()
        guard number >= least else { throw badValue(expected: "a whole number of at least \(least)") }
        return number
    }

    /// A billion: more than anybody counts, and so small that no product of two of them overflows.
    static let mostCounted = 1_000_000_000

    /// A number of epochs, rows, steps and the like.
    func count(atLeast least: Int = 1) throws -> Int {
        let number = try int(atLeast: least)
        guard number <= Setting.mostCounted else {
            throw badValue(expected: "a whole number of at most \(Setting.mostCounted)")
        }
        return number
    }

    /// A number above 0.
    func positiveDouble() throws -> Double {
        let number = try double()
        guard number > 0 else { throw badValue(expected: "a number above 0") }
        return number
    }

    /// A number of 0 or more.
    func nonNegativeDouble() throws -> Double {
        let number = try double()
        guard number >= 0 else { throw badValue(expected: "a number of at least 0") }
        return number
    }
}
