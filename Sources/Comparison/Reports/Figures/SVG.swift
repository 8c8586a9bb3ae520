import Foundation

/// A picture in the making. Coordinates are pixels at its own size; it scales with the page.
struct SVG {
    let width: Double
    let height: Double
    private var body = ""

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// The width of charts: on a phone it is shrunk to some 330 pixels, on a wide page two stand side by side.
    static let chartWidth = 520.0
    /// A generous estimate, in pixels, of what a character of a chart's text takes.
    static let characterWidth = 7.8

    /// Colours that can be told apart in light and dark, and by their brightness too; shapes tell series apart as well.
    static let seriesCount = 6

    private static let style = """
        .bk{--paper:#fff;--ink:#1f2328;--soft:#59636e;--rule:#d1d9e0;--s0:#0550ae;--s1:#bc4c00;--s2:#116329;\
        --s3:#8250df;--s4:#a40e26;--s5:#59636e}
        @media screen and (prefers-color-scheme:dark){.bk{--paper:#0d1117;--ink:#e6edf3;--soft:#9198a1;--rule:#3d444d;\
        --s0:#58a6ff;--s1:#f0883e;--s2:#3fb950;--s3:#bc8cff;--s4:#ff7b72;--s5:#9198a1}}
        .bk text{font:14px system-ui,sans-serif;fill:var(--ink)}.bk .soft{fill:var(--soft)}\
        .bk .light{fill:var(--paper)}
        """

    /// The whole file.
    func text(title: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="bk" viewBox="0 0 \(n(width)) \(n(height))" \
        width="\(n(width))" height="\(n(height))" role="img" aria-label="\(svgText(title))">
        <title>\(svgText(title))</title>
        <style>\(SVG.style)</style>
        <rect width="100%" height="100%" fill="var(--paper)"/>
        \(body)</svg>

        """
    }

    enum Anchor: String { case start, middle, end }

    /// How a text stands out: as any other, less, or on a dark cell.
    enum Tone: String { case plain = "", soft, light }

    mutating func text(
        _ x: Double, _ y: Double, _ text: String, anchor: Anchor = .start, tone: Tone = .plain,
        turned: Bool = false
    ) {
        let turn = turned ? " transform=\"rotate(-90 \(n(x)) \(n(y)))\"" : ""
        body +=
            "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor.rawValue)\""
            + (tone == .plain ? "" : " class=\"\(tone.rawValue)\"") + "\(turn)>\(svgText(text))</text>\n"
    }

    mutating func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: String = "--rule", width: Double = 1,
        dashed: Bool = false
    ) {
        body +=
            "<line x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\" "
            + "stroke=\"var(\(color))\" stroke-width=\"\(n(width))\""
            + (dashed ? " stroke-dasharray=\"4 4\"" : "") + "/>\n"
    }

    mutating func path(_ points: [(x: Double, y: Double)], series: Int) {
        if points.count < 2 { return }
        let dashes = ["", "6 3", "2 3", "8 3 2 3", "1 4", "10 4"][series % SVG.seriesCount]
        let places = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
        body +=
            "<polyline points=\"\(places)\" fill=\"none\" stroke=\"var(--s\(series % SVG.seriesCount))\" "
            + "stroke-width=\"2\"" + (dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\"") + "/>\n"
    }

    /// The ground between two lines of a series.
    mutating func band(_ points: [(x: Double, low: Double, high: Double)], series: Int) {
        if points.count < 2 { return }
        let edge = points.map { (x: $0.x, y: $0.high) } + points.reversed().map { (x: $0.x, y: $0.low) }
        let places = edge.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
        body +=
            "<polygon points=\"\(places)\" fill=\"var(--s\(series % SVG.seriesCount))\" fill-opacity=\"0.15\"/>\n"
    }

    /// A small point of the first series.
    mutating func dot(_ x: Double, _ y: Double) {
        body += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"2.5\" fill=\"var(--s0)\"/>\n"
    }

    /// A mark whose shape and colour both tell the series.
    mutating func mark(_ x: Double, _ y: Double, series: Int, note: String) {
        let fill = "fill=\"var(--s\(series % SVG.seriesCount))\""
        let title = "<title>\(svgText(note))</title>"
        switch series % SVG.seriesCount {
        case 0: body += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"5\" \(fill)>\(title)</circle>\n"
        case 1: body += "<path d=\"M\(n(x - 5)) \(n(y - 5))h10v10h-10z\" \(fill)>\(title)</path>\n"
        case 2: body += "<path d=\"M\(n(x)) \(n(y - 6))l6 11h-12z\" \(fill)>\(title)</path>\n"
        case 3: body += "<path d=\"M\(n(x)) \(n(y - 7))l6 7l-6 7l-6 -7z\" \(fill)>\(title)</path>\n"
        case 4: body += "<path d=\"M\(n(x)) \(n(y + 6))l6 -11h-12z\" \(fill)>\(title)</path>\n"
        default:
            body +=
                "<path d=\"M\(n(x - 2)) \(n(y - 6))h4v4h4v4h-4v4h-4v-4h-4v-4h4z\" \(fill)>\(title)</path>\n"
        }
    }

    /// A cell of a heat map, filled with `opacity` of full ink.
    mutating func cell(_ x: Double, _ y: Double, _ side: Double, opacity: Double, note: String) {
        body +=
            "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(side - 1))\" height=\"\(n(side - 1))\" "
            + "fill=\"var(--s0)\" fill-opacity=\"\(n(opacity))\"><title>\(svgText(note))</title>"
            + "</rect>\n"
    }

    /// The names of series, in lines from the left.
    mutating func legend(_ names: [String], x: Double, y: Double) {
        var (x, y) = (x, y)
        for (series, name) in names.enumerated() {
            let space = SVG.legendSpace(name)
            if x + space > width, series > 0 { (x, y) = (10, y + 20) }
            mark(x + 6, y - 4, series: series, note: name)
            text(x + 17, y, name)
            x += space
        }
    }

    private static func legendSpace(_ name: String) -> Double { 28 + characterWidth * Double(name.count) }

    /// The height of the lines that the legend of a chart takes.
    static func legendHeight(_ names: [String]) -> Double {
        var (x, lines) = (10.0, 1.0)
        for (series, name) in names.enumerated() {
            if x + legendSpace(name) > chartWidth, series > 0 { (x, lines) = (10, lines + 1) }
            x += legendSpace(name)
        }
        return 14 + 20 * lines
    }

    /// Two decimals at most, so that pictures are short and the same everywhere.
    private func n(_ value: Double) -> String {
        let hundredths = (value * 100).rounded() / 100
        // A number of a changed file may be larger than any integer.
        let isWhole = hundredths == hundredths.rounded() && abs(hundredths) < 1e15
        return isWhole ? "\(Int(hundredths))" : "\(hundredths)"
    }
}

/// Text that stands for itself in a picture, on one line.
private func svgText(_ text: String) -> String { xmlEscaped(oneLine(text)) }

/// A picture of a report.
package struct Figure: Equatable, Sendable {
    /// The file's name, without ending.
    let name: String
    /// What it shows, in words that replace it for those who cannot see it.
    let title: String
    let svg: String

    /// - Parameters:
    ///   - title: Begins with a capital in the end, be it the name of a metric.
    ///   - picture: Makes the whole SVG of the title.
    package init(name: String, title: String, picture: (String) -> String) {
        let title = title.prefix(1).uppercased() + title.dropFirst()
        self.name = name
        self.title = title
        svg = picture(title)
    }
}
