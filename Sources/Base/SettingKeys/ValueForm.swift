/// What the value of a key may be: how it is read, and how a reference page says it.
public struct ValueForm<Value>: Sendable {
    /// Such as `a number above 0`.
    package let text: String
    /// The keys of the mapping that the value is or may be; asked for late, since tables may refer to each other.
    let keys: (@Sendable () -> KeyReference)?
    let read: @Sendable (Setting) throws(SettingsError) -> Value
    let spell: @Sendable (Value) -> String?

    /// - Parameters:
    ///   - text: What may stand there, for a reference page.
    ///   - keys: Those of the mapping that it is or may be.
    ///   - spell: A value as a file would say it; nil where a reference page need not tell the default.
    ///   - read: The value of a setting that is there.
    public init(
        _ text: String, keys: (@Sendable () -> KeyReference)? = nil,
        spell: @escaping @Sendable (Value) -> String? = { _ in nil },
        read: @escaping @Sendable (Setting) throws(SettingsError) -> Value
    ) {
        self.text = text
        self.keys = keys
        self.read = read
        self.spell = spell
    }

    /// A mapping with keys of its own.
    public static func mapping(_ table: @escaping @autoclosure @Sendable () -> KeyTable<Value>) -> ValueForm
    where Value: Sendable {
        ValueForm("a mapping", keys: { table().reference }) { (setting) throws(SettingsError) in
            try table().read(setting).values
        }
    }
}

extension ValueForm<String> {
    /// Any text; numbers are text as spelled.
    public static var text: ValueForm { .text("text") }

    /// Any text.
    /// - Parameter form: What it is, for a reference page.
    public static func text(_ form: String) -> ValueForm {
        ValueForm(form, spell: { $0.isEmpty ? nil : $0 }) { (setting) throws(SettingsError) in
            try setting.string()
        }
    }
}

extension ValueForm<[String]> {
    /// Texts, or a single one.
    /// - Parameter form: What they are, for a reference page.
    public static func texts(_ form: String) -> ValueForm {
        ValueForm(form, spell: { $0.isEmpty ? "none" : $0.joined(separator: ", ") }) {
            (setting) throws(SettingsError) in try setting.strings()
        }
    }
}

extension ValueForm<Bool> {
    /// `true` or `false`.
    public static var flag: ValueForm {
        ValueForm("true or false", spell: { "\($0)" }) { (setting) throws(SettingsError) in try setting.bool()
        }
    }
}

extension ValueForm<Int> {
    /// A count of things.
    public static func count(atLeast least: Int) -> ValueForm {
        ValueForm("an integer of at least \(least)", spell: { "\($0)" }) {
            (setting) throws(SettingsError) in
            try setting.int(atLeast: least)
        }
    }

    /// A count of things, in a range.
    public static func count(in range: ClosedRange<Int>) -> ValueForm {
        ValueForm("an integer from \(range.lowerBound) to \(range.upperBound)", spell: { "\($0)" }) {
            (setting) throws(SettingsError) in
            try setting.int(in: range)
        }
    }
}

extension ValueForm<UInt64> {
    /// The seed of a random stream.
    public static var seed: ValueForm {
        ValueForm("a 64-bit unsigned integer", spell: { "\($0)" }) { (setting) throws(SettingsError) in
            try setting.seed()
        }
    }
}

extension ValueForm<Double> {
    /// A number above 0.
    public static var positive: ValueForm {
        ValueForm("a number above 0", spell: { "\($0)" }) { (setting) throws(SettingsError) in
            try setting.positiveDouble()
        }
    }

    /// A number of 0 or more.
    public static var nonNegative: ValueForm {
        ValueForm("a number of at least 0", spell: { "\($0)" }) { (setting) throws(SettingsError) in
            try setting.nonNegativeDouble()
        }
    }

    /// A number of a range.
    /// - Parameter text: Says the range, on the reference page as in errors.
    public static func number(
        _ text: String, where isPossible: @escaping @Sendable (Double) -> Bool
    ) -> ValueForm {
        ValueForm(text, spell: { "\($0)" }) { (setting) throws(SettingsError) in
            let number = try setting.double()
            guard isPossible(number) else { throw setting.badValue(expected: text) }
            return number
        }
    }
}

extension ValueForm where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the cases of an enumeration whose raw values are the spellings.
    public static var choice: ValueForm {
        ValueForm(
            "one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))", spell: { $0.rawValue }
        ) { (setting) throws(SettingsError) in try setting.oneOf() }
    }
}

extension ValueForm<Setting> {
    /// A value that is read later, when what its meaning depends on is known.
    public static func later(_ text: String, keys: (@Sendable () -> KeyReference)? = nil) -> ValueForm {
        ValueForm(text, keys: keys) { $0 }
    }
}
