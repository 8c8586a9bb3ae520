import Settings

extension Setting {
    /// A whole number that is not too small.
    func int(atLeast least: Int) throws -> Int {
        let number = try int()
        guard number >= least else { throw badValue(expected: "a whole number of at least \(least)") }
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
