import SettingKeys

extension KeyTable {
    /// The keys `train`, `validation` and `test`, none of which must be there.
    /// - Parameter meaning: Of the key of a part, by the part's name.
    package static func ofParts<Value: Sendable>(
        _ form: ValueForm<Value>, _ meaning: (String) -> String
    ) -> KeyTable where Root == [Part: Value] {
        KeyTable([:]) {
            for part in Part.allCases {
                SettingKey(part.rawValue, \.[part], form, absent: nil, meaning(part.rawValue))
            }
        }
    }
}
