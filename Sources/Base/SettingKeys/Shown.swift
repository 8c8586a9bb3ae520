/// How many characters of one value of a user's file an error prints at most.
private let shownLimit = 50
/// How many characters of a list of such values.
private let listedLimit = 100

/// A value of a user's file as an error prints it: at most 50 characters, control characters visible.
///
/// Every error that repeats what a file holds does so through this function or `listed`, so that no private text fills a
/// log.
public func shown(_ text: String) -> String {
    var output = ""
    var count = 0
    for character in text {
        let spelled = visibleText(String(character))
        count += spelled.count
        if count > shownLimit { return output + "..." }
        output += spelled
    }
    return output
}

/// Names of a user's file as an error prints them: joined by commas, at most twelve and at most 100 characters together;
/// beyond that nobody reads on.
public func listed(_ names: [String]) -> String {
    var parts: [String] = []
    var left = listedLimit
    for name in names.prefix(12) {
        let part = shown(name)
        if part.count > left, !parts.isEmpty { break }
        parts.append(part)
        left -= part.count
    }
    let joined = parts.joined(separator: ", ")
    return parts.count < names.count ? "\(joined), ... (\(names.count) in all)" : joined
}

/// `1 field`, `2 fields`.
package func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// With its thousands apart: `43,410`.
package func grouped(_ value: Int) -> String {
    var digits = String(value.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
        groups.insert(String(digits.suffix(3)), at: 0)
        digits = String(digits.dropLast(3))
    }
    return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
}
