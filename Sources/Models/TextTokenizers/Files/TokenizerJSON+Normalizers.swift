import Foundation

extension TokenizerSettings {
    private static let normalizerTypes = [
        "BertNormalizer", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Strip", "StripAccents", "Replace",
        "Prepend", "Nmt", "Precompiled", "ByteLevel", "Sequence",
    ]

    /// Appends the normalizers that it says, in order.
    func normalizers(into list: inout [Normalizer]) throws(TokenizerError) {
        let type = try type()
        switch type {
        case "Sequence":
            for item in try required("normalizers").items() { try item.normalizers(into: &list) }
        case "BertNormalizer": list.append(.bert(try bertNormalizer()))
        case "NFC": list.append(.form(.nfc))
        case "NFD": list.append(.form(.nfd))
        case "NFKC": list.append(.form(.nfkc))
        case "NFKD": list.append(.form(.nfkd))
        case "Lowercase": list.append(.lowercase)
        case "Strip":
            list.append(
                .strip(left: try required("strip_left").bool(), right: try required("strip_right").bool()))
        case "StripAccents": list.append(.stripAccents)
        case "Replace":
            let content = Array(try required("content").string().utf8)
            list.append(.replace(try required("pattern").pattern(), with: content))
        case "Prepend": list.append(.prepend(Array(try required("prepend").string().utf8)))
        case "Nmt": list.append(.nmt)
        case "Precompiled":
            let item = try required("precompiled_charsmap")
            guard let bytes = Data(base64Encoded: try item.string()), let map = PrecompiledMap([UInt8](bytes))
            else {
                throw .badValue(
                    file: file, key: item.key, found: "damaged",
                    expected: "a map of characters of SentencePiece in base 64")
            }
            list.append(.precompiled(map))
        case "ByteLevel": list.append(.byteLetters)
        default: throw unknown(type, Self.normalizerTypes)
        }
    }

    func bertNormalizer() throws(TokenizerError) -> BertNormalizer {
        var out = BertNormalizer()
        out.cleansText = try bool("clean_text", or: out.cleansText)
        out.separatesIdeographs = try bool("handle_chinese_chars", or: out.separatesIdeographs)
        out.stripsAccents = try member("strip_accents")?.bool()
        out.lowercases = try bool("lowercase", or: out.lowercases)
        return out
    }
}
