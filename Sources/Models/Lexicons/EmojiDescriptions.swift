/// What VADER reads in the place of an emoji: 😂 is "face with tears of joy".
enum EmojiDescriptions {
    /// The description of each emoji that is one code point.
    static let published: [UInt32: String] = {
        var descriptions: [UInt32: String] = [:]
        for line in Array(publishedText.utf8).split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
            if let codePoint = UInt32(String(decoding: fields[0], as: UTF8.self), radix: 16) {
                descriptions[codePoint] = String(decoding: fields[1], as: UTF8.self)
            }
        }
        return descriptions
    }()
}
