/// The version of this package, as `--version` and every report tell it.
public enum BakeoffVersion {
    public static let current = "0.1.0"
}
