extension KeyReference {
    /// The keys as Markdown: a table for each mapping, which the key of the mapping leads to.
    /// - Parameter title: What has these keys, such as `an experiment file`.
    public func markdown(title: String) -> String {
        var page = MarkdownPage()
        page.add(self, heading: "## The keys of \(title)", path: "")
        return page.text
    }
}

private struct MarkdownPage {
    var text = ""
    /// The places of the mappings whose tables stand there.
    private var anchors: [[String]: String] = [:]

    /// - Parameter variant: The title of the variant that has the mapping; nil where there is none.
    mutating func add(
        _ reference: KeyReference, heading: String, meaning: String? = nil, path: String,
        variant: String? = nil
    ) {
        text += "\(text.isEmpty ? "" : "\n")\(heading)\n"
        if let meaning { text += "\n\(meaning)\n" }
        var nested: [(path: String, heading: String, keys: KeyReference)] = []
        if !reference.entries.isEmpty {
            text += "\n| key | value | default | meaning |\n| --- | --- | --- | --- |\n"
        }
        for entry in reference.entries {
            var name = "`\(entry.name)`"
            if let keys = entry.keys?() {
                let own = path.isEmpty ? entry.name : "\(path).\(entry.name)"
                let identity = entry.identity(keys)
                var heading = "`\(own)`"
                // Two variants may have different keys under one name.
                if let variant, anchors.values.contains(MarkdownPage.anchor(heading)) {
                    heading += " of `\(variant)`"
                }
                if anchors[identity] == nil { nested.append((own, heading, keys)) }
                let anchor = anchors[identity, default: MarkdownPage.anchor(heading)]
                anchors[identity] = anchor
                name = "[\(name)](#\(anchor))"
            }
            let absent = entry.isRequired ? "required" : entry.absent ?? ""
            let cells = [name, entry.form, absent, entry.meaning].map {
                $0.isEmpty ? "| " : "| \($0.replacing("|", with: "\\|")) "
            }
            text += cells.joined() + "|\n"
        }
        for (path, heading, keys) in nested {
            add(keys, heading: "### \(heading)", path: path, variant: variant)
        }
        for variant in reference.variants {
            add(
                variant.keys, heading: "### `\(variant.title)`", meaning: variant.explanation, path: "",
                variant: variant.title)
        }
    }

    /// The anchor that a heading has on the web: letters, digits and hyphens in lower case, spaces as hyphens.
    private static func anchor(_ heading: String) -> String {
        String(
            heading.lowercased().compactMap {
                $0 == " " ? "-" : $0.isLetter || $0.isNumber || $0 == "-" ? $0 : nil
            })
    }
}
