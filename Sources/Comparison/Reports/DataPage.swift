import Corpora

/// The profile of a dataset as a page: a pure function of what `describe` found.
public struct DataPage: Sendable {
    private let profile: CorpusProfile
    private let title: String

    public init(_ profile: CorpusProfile, title: String) {
        self.profile = profile
        self.title = title
    }

    /// The page as one self-contained HTML file.
    public var html: String { HTMLPage(document).text }

    public var markdown: String { document.markdown }

    /// Built anew each time: whoever wants several formats asks once.
    var document: Document {
        Document {
            Block.heading(1, .text(title))
            Block.paragraph(opening)
            labelSection
            lengthSection
            cleaningSection
            duplicateSection
            leakSection
            exampleSection
        }
    }

    private var opening: Inline {
        var text: Inline =
            "\(Wording.plural(profile.rowCount, "row")), \(Wording.plural(profile.labels.count, "label")) (\(profile.kind.rawValue))"
        if !profile.parts.isEmpty {
            let parts = profile.parts.map { "\($0.part.rawValue) \(Wording.count($0.rows))" }
            text += "; \(parts.joined(separator: ", "))"
        }
        if profile.isSilver { text += ". The labels are \(strong: "silver"): a program made them" }
        return text + ". Data SHA-256 \(code: profile.fingerprint)."
    }

    // MARK: Labels

    private var labelSection: Document {
        var counts = Table(["label", .numbers("rows"), .numbers("share")])
        for label in profile.labels {
            counts.add([label.name, Wording.count(label.rows), share(label.rows)])
        }
        var numbers = Table([.numbers("labels of a row"), .numbers("rows"), .numbers("share")])
        for entry in profile.labelsPerRow {
            numbers.add(["\(entry.labels)", Wording.count(entry.rows), share(entry.rows)])
        }
        var pairs = Table(["labels that occur together", .numbers("rows"), .numbers("share")])
        for pair in profile.pairs {
            pairs.add(["\(pair.first), \(pair.second)", Wording.count(pair.rows), share(pair.rows)])
        }
        return Document {
            Block.heading(2, "Labels")
            Block.table(counts)
            if profile.kind == .multilabel { Block.table(numbers) }
            if !profile.pairs.isEmpty { Block.table(pairs) }
        }
    }

    // MARK: Lengths

    private var lengthSection: Document {
        var lengths = Table(
            ["length in"] + ["min", "median", "mean", "95%", "max"].map(Table.Column.numbers))
        var units = [("words", profile.words), ("characters", profile.characters)]
        if let tokens = profile.tokens { units.append(("tokens of \(tokens.model)", tokens.tokens)) }
        for (unit, spread) in units {
            lengths.add([
                unit, "\(spread.minimum)", Wording.oneDecimal(spread.median), Wording.oneDecimal(spread.mean),
                Wording.oneDecimal(spread.percentile95), "\(spread.maximum)",
            ])
        }
        return Document {
            Block.heading(2, "Length of texts")
            Block.table(lengths)
            if let tokens = profile.tokens { Block.table(cutTable(tokens)) }
        }
    }

    private func cutTable(_ tokens: TokenLengths) -> Table {
        var cuts = Table([
            .numbers("greatest number of tokens"), .numbers("rows that it cuts"), .numbers("share"),
        ])
        for cut in tokens.cuts {
            cuts.add(["\(cut.maxLength)", Wording.count(cut.rows), share(cut.rows)])
        }
        return cuts
    }

    // MARK: What is wrong

    private var cleaningSection: Document? {
        let log = profile.cleaning
        var steps = Table([.numbers("count"), "what was done"])
        for entry in log.dropped { steps.add([Wording.count(entry.count), "rows left out: \(entry.step)"]) }
        for entry in log.changed { steps.add([Wording.count(entry.count), entry.step]) }
        return steps.rows.isEmpty ? nil : section("Cleaning", steps)
    }

    private var duplicateSection: Document {
        var counts = Table(["duplicates and conflicts", .numbers("count")])
        for (what, count) in [
            ("rows that repeat an earlier text and its labels", profile.duplicateRows),
            ("rows that repeat an earlier text", profile.duplicateTexts),
            ("rows that repeat one in any case and spacing", profile.duplicateNormalizedTexts),
            ("rows that repeat one exactly or nearly", profile.nearDuplicateTexts),
            ("texts that occur with different labels", profile.conflictingTexts),
            ("rows with such a text", profile.conflictingRows),
            ("rows left out because text or label is missing", profile.droppedRowCount),
        ] {
            counts.add([what, Wording.count(count)])
        }
        return section(
            "Duplicates and conflicts", counts,
            """
            Near means sharing at least 0.8 of the runs of five characters.\
            \(profile.cutNotice.map { " " + $0 + "." } ?? "")
            """)
    }

    private var leakSection: Document? {
        if profile.leaks.isEmpty { return nil }
        var counts = Table(["rows of", "whose text is in", .numbers("equal"), .numbers("near")])
        for leak in profile.leaks {
            let near = profile.nearLeaks.first { $0.into == leak.into && $0.from == leak.from }
            counts.add([
                leak.into.rawValue, leak.from.rawValue, Wording.count(leak.rows),
                near.map { Wording.count($0.rows) } ?? "",
            ])
        }
        return section("Leaks", counts, "Texts are compared in lower case with white space collapsed.")
    }

    private var exampleSection: Document? {
        if profile.examples.isEmpty { return nil }
        let hasTexts = profile.examples.contains { $0.text != nil }
        var examples = Table(["first row with", "id"] + (hasTexts ? ["text"] : []))
        for example in profile.examples {
            examples.add([example.label, example.id] + (hasTexts ? [example.text ?? ""] : []))
        }
        return section("Examples", examples)
    }

    private func section(_ title: Inline, _ table: Table, _ opening: Inline = "") -> Document {
        Document {
            Block.heading(2, title)
            Block.paragraph(opening)
            Block.table(table)
        }
    }

    private func share(_ rows: Int) -> String { Wording.share(rows, of: profile.rowCount) }
}
