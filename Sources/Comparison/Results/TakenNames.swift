/// Names of files and folders that are spoken for, each by somebody.
///
/// Names that differ in case alone are one file on some systems, and so are one name.
package struct TakenNames: Sendable {
    private var holders: [String: (name: String, holder: String)] = [:]

    package init() {}

    /// Who has this name, as they spell it; nil for nobody.
    package func holder(of name: String) -> (name: String, holder: String)? { holders[name.lowercased()] }

    /// A name that has a holder keeps it.
    package mutating func take(_ name: String, for holder: String) {
        if holders[name.lowercased()] == nil { holders[name.lowercased()] = (name, holder) }
    }
}
