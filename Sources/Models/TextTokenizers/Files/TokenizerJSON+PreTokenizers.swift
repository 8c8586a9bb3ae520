extension TokenizerSettings {
    private static let preTokenizerTypes = [
        "BertPreTokenizer", "ByteLevel", "Metaspace", "Whitespace", "WhitespaceSplit", "Punctuation",
        "Digits", "CharDelimiterSplit", "Split", "Sequence",
    ]

    /// Appends the pre-tokenizers that it says, in order.
    func preTokenizers(into list: inout [PreTokenizer]) throws(TokenizerError) {
        let type = try type()
        switch type {
        case "Sequence":
            for item in try required("pretokenizers").items() { try item.preTokenizers(into: &list) }
        case "BertPreTokenizer": list.append(.bert)
        case "ByteLevel":
            if try required("add_prefix_space").bool() { list.append(.prefixSpace) }
            if try bool("use_regex", or: true) {
                list.append(.split(.bytePairWords, .isolated, isInverted: false))
            }
            list.append(.byteLetters)
        case "Metaspace": list.append(.metaspace(try metaspace()))
        case "Whitespace": list.append(.words)
        case "WhitespaceSplit": list.append(.blanks)
        case "Punctuation":
            list.append(.punctuation(try member("behavior")?.choice(SplitBehavior.self) ?? .isolated))
        case "Digits":
            list.append(.digits(try bool("individual_digits", or: false) ? .isolated : .contiguous))
        case "CharDelimiterSplit": list.append(.delimiter(try required("delimiter").scalar().value))
        case "Split":
            list.append(
                .split(
                    try required("pattern").pattern(), try required("behavior").choice(SplitBehavior.self),
                    isInverted: try required("invert").bool()))
        default: throw unknown(type, Self.preTokenizerTypes)
        }
    }

    /// Old files say `add_prefix_space`, new ones `prepend_scheme`.
    private func metaspace() throws(TokenizerError) -> Metaspace {
        let scheme = try member("prepend_scheme")
        var prefix = try scheme?.choice(Metaspace.Prefix.self) ?? .always
        if let old = try member("add_prefix_space"), try !old.bool() {
            if scheme != nil && prefix != .never {
                throw old.fail("true, or prepend_scheme 'never'")
            }
            prefix = .never
        }
        return Metaspace(
            sign: try required("replacement").scalar(), prefix: prefix, splits: try bool("split", or: true))
    }
}
