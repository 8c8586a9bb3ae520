/// VADER's verdict on a text.
public struct Polarity: Equatable, Codable, Sendable {
    /// Shares of the text that are negative, neutral and positive, rounded to three decimals. Together about 1; all
    /// 0 for a text without words.
    public let neg: Double
    public let neu: Double
    public let pos: Double
    /// The whole from -1, most negative, to 1, most positive, rounded to four decimals.
    public let compound: Double

    public init(neg: Double, neu: Double, pos: Double, compound: Double) {
        self.neg = neg
        self.neu = neu
        self.pos = pos
        self.compound = compound
    }

    /// One JSON object, as Python writes it but for the spaces: `{"neg":0.0,"neu":0.5,"pos":0.5,"compound":0.4404}`.
    public var jsonLine: String {
        var bytes: [UInt8] = []
        appendJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends `jsonLine` as UTF-8.
    public func appendJSON(to bytes: inout [UInt8]) {
        Polarity.append("{\"neg\":", to: &bytes)
        Polarity.append(neg, to: &bytes)
        Polarity.append(",\"neu\":", to: &bytes)
        Polarity.append(neu, to: &bytes)
        Polarity.append(",\"pos\":", to: &bytes)
        Polarity.append(pos, to: &bytes)
        Polarity.append(",\"compound\":", to: &bytes)
        Polarity.append(compound, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    private static func append(_ literal: StaticString, to bytes: inout [UInt8]) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Appends the shortest digits that read back as `x`, with at least one after the point, as Swift and Python print.
    ///
    /// Four decimals or fewer, as all scores have, are written as an integer is: that is several times as fast.
    private static func append(_ x: Double, to bytes: inout [UInt8]) {
        let scaled = (x * 10_000).rounded()
        guard abs(scaled) < 100_000, scaled / 10_000 == x else {
            bytes.append(contentsOf: "\(x)".utf8)
            return
        }
        if x.sign == .minus { bytes.append(UInt8(ascii: "-")) }
        let tenThousandths = Int(abs(scaled))
        bytes.append(UInt8(ascii: "0") + UInt8(tenThousandths / 10_000))
        bytes.append(UInt8(ascii: "."))
        var (rest, place) = (tenThousandths % 10_000, 1_000)
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest / place))
            (rest, place) = (rest % place, place / 10)
        } while rest > 0
    }

    /// Python's `round(x, decimals)`: the double nearest to the decimal number nearest to `x`, ties to even.
    ///
    /// The exact value of `x` decides, so 0.0005 (which is 0.0005000000000000000104...) rounds to 0.001 and 0.0625
    /// to 0.062. The sign of a negative number that rounds to 0 stays: -0.0.
    /// - Precondition: |x| * 10^decimals < 2^51 and 0 <= decimals <= 22.
    package static func rounded(_ x: Double, decimals: Int) -> Double {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        // x * scale is scaled + error exactly.
        let scaled = x * scale
        let error = (-scaled).addingProduct(x, scale)
        var digits = scaled.rounded(.toNearestOrEven)
        // Where `scaled` lies halfway the error tells which side the exact product is on.
        let rest = scaled - digits
        if rest == 0.5 && error > 0 { digits += 1 }
        if rest == -0.5 && error < 0 { digits -= 1 }
        return digits / scale
    }
}
