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
    public var html: String { HTMLPage(markdown: markdown, figures: [:]).text }

    public var markdown: String { page.source }

    private var page: Markdown {
        [
            "# \(title)\n\n\(opening)\n", labelSection, lengthSection, cleaningSection, duplicateSection,
            leakSection, exampleSection,
        ].compactMap(\.self).joined(separator: "\n")
    }

    private var opening: Markdown {
        var text: Markdown =
            "\(Wording.plural(profile.rowCount, "row")), "
            + "\(Wording.plural(profile.labels.count, "label")) (\(profile.kind.rawValue))"
        if !profile.parts.isEmpty {
            let parts = profile.parts.map { "\($0.part.rawValue) \(Wording.count($0.rows))" }
            text += "; \(parts.joined(separator: ", "))"
        }
        if profile.isSilver { text += ". The labels are **silver**: a program made them" }
        return text + ". Data SHA-256 \(.code(profile.fingerprint))."
    }

    // MARK: Labels

    private var labelSection: Markdown {
        var counts = Table(["label", ">rows", ">share"])
        for label in profile.labels {
            counts.add([label.name, Wording.count(label.rows), share(label.rows)])
        }
        var text: Markdown = "## Labels\n\n\(counts.markdown)"
        if profile.kind == .multilabel {
            var numbers = Table([">labels of a row", ">rows", ">share"])
            for entry in profile.labelsPerRow {
                numbers.add(["\(entry.labels)", Wording.count(entry.rows), share(entry.rows)])
            }
            text += "\n\(numbers.markdown)"
        }
        if !profile.pairs.isEmpty {
            var pairs = Table(["labels that occur together", ">rows", ">share"])
            for pair in profile.pairs {
                pairs.add(["\(pair.first), \(pair.second)", Wording.count(pair.rows), share(pair.rows)])
            }
            text += "\n\(pairs.markdown)"
        }
        return text
    }

    // MARK: Lengths

    private var lengthSection: Markdown {
        var lengths = Table(["length in", ">min", ">median", ">mean", ">95%", ">max"])
        var units = [("words", profile.words), ("characters", profile.characters)]
        if let tokens = profile.tokens { units.append(("tokens of \(tokens.model)", tokens.tokens)) }
        for (unit, spread) in units {
            lengths.add([
                unit, "\(spread.minimum)", Wording.oneDecimal(spread.median), Wording.oneDecimal(spread.mean),
                Wording.oneDecimal(spread.percentile95), "\(spread.maximum)",
            ])
        }
        var text: Markdown = "## Length of texts\n\n\(lengths.markdown)"
        if let tokens = profile.tokens {
            var cuts = Table([">greatest number of tokens", ">rows that it cuts", ">share"])
            for cut in tokens.cuts {
                cuts.add(["\(cut.maxLength)", Wording.count(cut.rows), share(cut.rows)])
            }
            text += "\n\(cuts.markdown)"
        }
        return text
    }

    // MARK: What is wrong

    private var cleaningSection: Markdown? {
        let log = profile.cleaning
        var steps = Table([">count", "what was done"])
        for entry in log.dropped { steps.add([Wording.count(entry.count), "rows left out: \(entry.step)"]) }
        for entry in log.changed { steps.add([Wording.count(entry.count), entry.step]) }
        return steps.rows.isEmpty ? nil : "## Cleaning\n\n\(steps.markdown)"
    }

    private var duplicateSection: Markdown {
        var counts = Table(["duplicates and conflicts", ">count"])
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
        return """
            ## Duplicates and conflicts

            Near means sharing at least 0.8 of the runs of five characters.\
            \(profile.cutNotice.map { " " + $0 + "." } ?? "")

            \(counts.markdown)
            """
    }

    private var leakSection: Markdown? {
        if profile.leaks.isEmpty { return nil }
        var counts = Table(["rows of", "whose text is in", ">equal", ">near"])
        for leak in profile.leaks {
            let near = profile.nearLeaks.first { $0.into == leak.into && $0.from == leak.from }
            counts.add([
                leak.into.rawValue, leak.from.rawValue, Wording.count(leak.rows),
                near.map { Wording.count($0.rows) } ?? "",
            ])
        }
        return
            "## Leaks\n\nTexts are compared in lower case with white space collapsed.\n\n\(counts.markdown)"
    }

    private var exampleSection: Markdown? {
        if profile.examples.isEmpty { return nil }
        let hasTexts = profile.examples.contains { $0.text != nil }
        var examples = Table(["first row with", "id"] + (hasTexts ? ["text"] : []))
        for example in profile.examples {
            examples.add([example.label, example.id] + (hasTexts ? [example.text ?? ""] : []))
        }
        return "## Examples\n\n\(examples.markdown)"
    }

    private func share(_ rows: Int) -> String { Wording.share(rows, of: profile.rowCount) }
}
