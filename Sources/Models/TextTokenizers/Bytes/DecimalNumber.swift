/// How the decimal digits of a number become a `Double`.
package enum DecimalReading: Sendable {
    /// The nearest double, as Python's `json` and Swift's `Double` read.
    case nearest
    /// As Rust's `serde_json` reads by default, and so `tokenizers` its files: the digits as a whole number, as long as they
    /// fit into 64 bits, then multiplied or divided by a power of ten. Of numbers with 17 digits some one in ten
    /// is a unit in the last place off. Where two ways to cut a text have equal probability but for rounding, that unit
    /// decides.
    case wholeByPower
}

/// A number of JSON as it is written.
struct DecimalNumber {
    private var significand: UInt64 = 0
    private var exponent = 0
    private let isNegative: Bool

    /// - Parameter text: A number by the grammar of JSON.
    init(_ text: some Sequence<UInt8>) {
        var isNegative = false
        var isFraction = false
        var isFull = false
        var written: (isNegative: Bool, value: Int)?
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"):
                if written == nil { isNegative = true } else { written?.isNegative = true }
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): written = (false, 0)
            default:
                let digit = UInt64(byte - UInt8(ascii: "0"))
                if let power = written {
                    // Far beyond every double already.
                    if power.value < 1_000_000 { written?.value = power.value * 10 + Int(digit) }
                    continue
                }
                let (tens, overflowsTens) = significand.multipliedReportingOverflow(by: 10)
                let (next, overflows) = tens.addingReportingOverflow(digit)
                isFull = isFull || overflowsTens || overflows
                if !isFull {
                    significand = next
                    if isFraction { exponent -= 1 }
                } else if !isFraction {
                    exponent += 1
                }
            }
        }
        self.isNegative = isNegative
        if let written { exponent += written.isNegative ? -written.value : written.value }
    }

    /// As `DecimalReading.wholeByPower`; infinite for a number out of range.
    var wholeByPower: Double {
        var value = Double(significand)
        if value == 0 { return isNegative ? -0.0 : 0 }
        var exponent = exponent
        while exponent < -Self.maxPower && value != 0 {
            value /= Self.powers[Self.maxPower]
            exponent += Self.maxPower
        }
        if exponent > Self.maxPower { return isNegative ? -.infinity : .infinity }
        if exponent >= 0 {
            value *= Self.powers[exponent]
        } else if value != 0 {
            value /= Self.powers[-exponent]
        }
        return isNegative ? -value : value
    }

    /// Of the largest power of ten that is a double.
    private static let maxPower = 308
    /// 10 to the power of each index, rounded to the nearest double.
    private static let powers = (0...maxPower).map { Double("1e\($0)") ?? .infinity }
}
