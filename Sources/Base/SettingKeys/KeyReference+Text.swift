extension KeyReference {
    /// The keys as an indented list, as long lines are broken on a terminal.
    ///
    /// The keys of a mapping stand under it; where the same come a second time, it is said where they stood first.
    /// - Parameter width: The most letters of a line.
    public func text(width: Int) -> String {
        var page = TextPage(width: width)
        page.add(self, indent: 0)
        return page.text
    }
}

private struct TextPage {
    let width: Int
    var text = ""
    /// The mappings whose keys stand there.
    private var told: Set<[String]> = []

    init(width: Int) {
        self.width = width
    }

    mutating func add(_ reference: KeyReference, indent: Int) {
        for entry in reference.entries { add(entry, indent: indent) }
        for variant in reference.variants {
            addLine(variant.title, indent: indent)
            addParagraph(variant.explanation, indent: indent + 4)
            add(variant.keys, indent: indent + 2)
        }
    }

    private mutating func add(_ entry: KeyReference.Entry, indent: Int) {
        addLine("\(entry.name): \(entry.form)", indent: indent)
        var words = entry.meaning
        if entry.isRequired { words += " Required." }
        if let absent = entry.absent { words += " Default: \(absent)." }
        guard let keys = entry.keys?() else { return addParagraph(words, indent: indent + 4) }
        let isNew = told.insert(entry.identity(keys)).inserted
        if !isNew { words += " Its keys are those of `\(entry.name)` above." }
        addParagraph(words, indent: indent + 4)
        if isNew { add(keys, indent: indent + 2) }
    }

    private mutating func addLine(_ line: String, indent: Int) {
        text += String(repeating: " ", count: indent) + line + "\n"
    }

    private mutating func addParagraph(_ words: String, indent: Int) {
        var line = ""
        for word in words.split(separator: " ") {
            if !line.isEmpty, indent + line.count + 1 + word.count > width {
                addLine(line, indent: indent)
                line = ""
            }
            line += line.isEmpty ? word : " " + word
        }
        if !line.isEmpty { addLine(line, indent: indent) }
    }
}
