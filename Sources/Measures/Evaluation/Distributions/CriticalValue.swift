/// The place where a falling function of 0... passes `level`, to the last bit that the function tells.
///
/// - Precondition: `tail(0)` >= `level`, and `tail` falls below it somewhere.
func criticalValue(of level: Double, _ tail: (Double) -> Double) -> Double {
    precondition(level > 0 && level < 1)
    var (low, high) = (0.0, 1.0)
    while tail(high) > level {
        (low, high) = (high, 2 * high)
        precondition(high.isFinite)
    }
    while true {
        let middle = low + (high - low) / 2
        if middle <= low || middle >= high { return middle }
        if tail(middle) > level { low = middle } else { high = middle }
    }
}
