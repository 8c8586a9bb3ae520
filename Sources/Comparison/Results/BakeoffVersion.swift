/// The version of this package, as `--version` and every report tell it.
public enum BakeoffVersion {
    public static let current = "0.2.0"

    /// The version, and the build where its digest is known: `0.2.0 (build 0123456789ab)`.
    public static func text(build: String?) -> String {
        build.map { "\(current) (build \($0))" } ?? current
    }
}
