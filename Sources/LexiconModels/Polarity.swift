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
        "{\"neg\":\(neg),\"neu\":\(neu),\"pos\":\(pos),\"compound\":\(compound)}"
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
