/// A page as a list of blocks, in the order in which they are read. Each format renders it by itself.
package struct Document: Equatable, Sendable {
    package var blocks: [Block]

    /// The blocks of `content`, empty lists and paragraphs left out.
    package init(@DocumentBuilder _ content: () -> [Block]) {
        blocks = content()
    }

    /// The first heading; nil where there is none.
    package var title: String? {
        for case .heading(_, let text) in blocks { return text.plain }
        return nil
    }

    /// The same with every heading one level further down.
    package var oneLevelDown: Document {
        Document {
            blocks.map { block in
                if case .heading(let level, let text) = block { .heading(level + 1, text) } else { block }
            }
        }
    }
}

/// A part of a page that stands on lines of its own.
package enum Block: Equatable, Sendable {
    /// Level 1 is the page's title.
    case heading(Int, Inline)
    case paragraph(Inline)
    /// Points, a line each.
    case list([Inline])
    case table(Table)
    /// - path: Of the picture's file, seen from the page.
    case figure(Figure, path: String)
    /// Lines that are shown as they are.
    case code(String, language: String = "")
    /// What answers to its reader; formats other than HTML leave it out.
    case pageOnly(PagePart)

    var isEmpty: Bool {
        switch self {
        case .paragraph(let text): text.isEmpty
        case .list(let points): points.isEmpty
        case .heading, .table, .figure, .code, .pageOnly: false
        }
    }
}

/// Puts a page together from blocks, documents and lists of blocks, one below the other.
@resultBuilder
package enum DocumentBuilder {
    package static func buildExpression(_ block: Block) -> [Block] { buildExpression([block]) }
    package static func buildExpression(_ blocks: [Block]) -> [Block] { blocks.filter { !$0.isEmpty } }
    package static func buildExpression(_ document: Document?) -> [Block] { document?.blocks ?? [] }
    package static func buildBlock(_ parts: [Block]...) -> [Block] { parts.flatMap(\.self) }
    package static func buildOptional(_ part: [Block]?) -> [Block] { part ?? [] }
    package static func buildEither(first part: [Block]) -> [Block] { part }
    package static func buildEither(second part: [Block]) -> [Block] { part }
    package static func buildArray(_ parts: [[Block]]) -> [Block] { parts.flatMap(\.self) }
}
