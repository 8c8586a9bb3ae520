/// A key of a settings mapping, declared once: its name, where its value goes, what it may be, and what it means.
///
/// Defaults are not said here: they are those of the value that the key's `KeyTable` starts from.
public struct SettingKey<Root: Sendable>: Sendable {
    let name: String
    /// Where its value goes.
    let path: @Sendable () -> PartialKeyPath<Root>
    let isRequired: Bool
    let read: @Sendable (Setting, inout Root) throws(SettingsError) -> Void
    /// What a reference page says, given the values of the table's defaults.
    let entry: @Sendable (Root) -> KeyReference.Entry

    /// A key that leaves its default where it is absent.
    public init<Value>(
        _ name: String, _ path: WritableKeyPath<Root, Value> & Sendable, _ form: ValueForm<Value>,
        _ meaning: String
    ) {
        self.init(
            name, { path }, isRequired: false,
            entry: { defaults in
                KeyReference.Entry(
                    name: name, form: form.text, absent: form.spell(defaults[keyPath: path]),
                    meaning: meaning,
                    keys: form.keys)
            },
            read: { (setting, root) throws(SettingsError) in root[keyPath: path] = try form.read(setting) })
    }

    /// A key that may be absent without having a default.
    /// - Parameter absent: What is done without it, for a reference page, such as `all terms`; nil where its meaning says so.
    public init<Value>(
        _ name: String, _ path: WritableKeyPath<Root, Value?> & Sendable, _ form: ValueForm<Value>,
        absent: String?, _ meaning: String
    ) {
        self.init(name, path, form, absent: absent, isRequired: false, meaning)
    }

    /// A key that must be there.
    public init<Value>(
        required name: String, _ path: WritableKeyPath<Root, Value?> & Sendable, _ form: ValueForm<Value>,
        _ meaning: String
    ) {
        self.init(name, path, form, absent: nil, isRequired: true, meaning)
    }

    private init<Value>(
        _ name: String, _ path: WritableKeyPath<Root, Value?> & Sendable, _ form: ValueForm<Value>,
        absent: String?, isRequired: Bool, _ meaning: String
    ) {
        self.init(
            name, { path }, isRequired: isRequired,
            entry: { _ in
                KeyReference.Entry(
                    name: name, form: form.text, absent: absent, isRequired: isRequired, meaning: meaning,
                    keys: form.keys)
            },
            read: { (setting, root) throws(SettingsError) in root[keyPath: path] = try form.read(setting) })
    }

    private init(
        _ name: String, _ path: @escaping @Sendable () -> PartialKeyPath<Root>, isRequired: Bool,
        entry: @escaping @Sendable (Root) -> KeyReference.Entry,
        read: @escaping @Sendable (Setting, inout Root) throws(SettingsError) -> Void
    ) {
        self.name = name
        self.path = path
        self.isRequired = isRequired
        self.entry = entry
        self.read = read
    }

    /// The key as one of a larger mapping, which has this one's values at `outer`.
    func lifted<Whole>(to outer: WritableKeyPath<Whole, Root> & Sendable) -> SettingKey<Whole> {
        SettingKey<Whole>(
            name,
            { [path] in
                guard let whole = (outer as PartialKeyPath<Whole>).appending(path: path() as AnyKeyPath)
                else {
                    preconditionFailure("\(path()) does not begin where \(outer) ends")
                }
                return whole
            }, isRequired: isRequired, entry: { [entry] in entry($0[keyPath: outer]) },
            read: { [read] (setting, whole) throws(SettingsError) in
                try read(setting, &whole[keyPath: outer])
            })
    }
}
