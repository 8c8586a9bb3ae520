import Results

/// The section on the data and its split.
extension TaskReport {
    var dataSection: Document {
        Document {
            Block.heading(2, "Data and split")
            Block.table(facts)
            Block.paragraph("Rows of each part that carry each label:")
            Block.table(shares)
            Block.list(((results.dataset.notices ?? []) + results.split.notices).map(Inline.text))
            if results.dataset.profileSHA256 != nil {
                Block.paragraph(
                    """
                    Lengths, duplicates, conflicts and labels that occur together are on \
                    \(Inline(.page("the page of the data", path: path("data")))).
                    """)
            }
        }
    }

    private var facts: Table {
        let dataset = results.dataset
        var facts = Table(["", ""])
        facts.add(["dataset", dataset.title.map { "\(dataset.name): \($0)" } ?? dataset.name])
        if let source = dataset.source { facts.add(["source", .address(source)]) }
        if let licence = dataset.licence { facts.add(["licence", .address(licence)]) }
        facts.add(["rows", Wording.count(dataset.rowCount)])
        for (reason, count) in dataset.dropped.sorted(by: { $0.key < $1.key }) {
            facts.add(["left out", "\(Wording.count(count)): \(reason)"])
        }
        for (step, count) in (dataset.changed ?? [:]).sorted(by: { $0.key < $1.key }) {
            facts.add(["changed", "\(Wording.count(count)): \(step)"])
        }
        facts.add(["task", "\(labels.kind.rawValue), \(labels.count) labels"])
        if let labeler = dataset.silverLabeler {
            facts.add(["labels", "\(strong: "silver"): made by \(labeler), not by people"])
        }
        facts.add(["data SHA-256", .code(dataset.sha256)])
        facts.add(["split", results.split.plan])
        facts.add(["split SHA-256", .code(results.split.sha256)])
        return facts
    }

    private var shares: Table {
        let parts = results.split.parts
        var table = Table(["label"] + parts.flatMap { [.numbers($0.part.rawValue), .numbers("share")] })
        for (index, name) in labels.names.enumerated() {
            table.add(
                [name]
                    + parts.flatMap {
                        [
                            Wording.count($0.labelCounts[index]),
                            Wording.share($0.labelCounts[index], of: $0.rowCount),
                        ]
                    })
        }
        table.addTotal([.emphasis("rows")] + parts.flatMap { [.text(Wording.count($0.rowCount)), ""] })
        return table
    }
}
