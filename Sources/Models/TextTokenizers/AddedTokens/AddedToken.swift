/// A token that is found in the text as it stands and never cut, such as `[MASK]` or `[NAME]`.
public struct AddedToken: Sendable, Equatable {
    public var content: String
    /// Only between things that are no letters, digits, marks or underscores.
    public var isSingleWord = false
    /// Takes the blanks before it along.
    public var stripsLeft = false
    /// Takes the blanks after it along.
    public var stripsRight = false
    /// Sought in the normalized text, in its own normalized form; else in the text as given.
    public var isNormalized = true
    /// One of the model's own signs, which `transformers` can leave out when it decodes.
    public var isSpecial = false

    public init(
        _ content: String, isSingleWord: Bool = false, stripsLeft: Bool = false, stripsRight: Bool = false,
        isNormalized: Bool = true, isSpecial: Bool = false
    ) {
        self.content = content
        self.isSingleWord = isSingleWord
        self.stripsLeft = stripsLeft
        self.stripsRight = stripsRight
        self.isNormalized = isNormalized
        self.isSpecial = isSpecial
    }

    /// A special token with the flags that one has unless its files say otherwise.
    public static func special(_ content: String) -> AddedToken {
        AddedToken(content, isNormalized: false, isSpecial: true)
    }
}
