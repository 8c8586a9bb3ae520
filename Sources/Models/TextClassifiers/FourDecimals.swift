import Foundation

/// A score as notices show it, with a point whatever the user's language.
package func fourDecimals(_ value: Double) -> String {
    String(format: "%.4f", value)
}
