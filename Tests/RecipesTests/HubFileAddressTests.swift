import Recipes
import Testing

/// Addresses of files on the hub, and patterns of paths.
@Suite struct HubFileAddressTests {
    @Test(arguments: [
        ("hf://datasets/org/name/a.csv", "org/name", nil, "a.csv"),
        ("hf://datasets/org/name@v1.0/data/train-*.parquet", "org/name", "v1.0", "data/train-*.parquet"),
        (
            "hf://datasets/org/name@refs/convert/parquet/c/train/0000.parquet", "org/name",
            "refs/convert/parquet", "c/train/0000.parquet"
        ),
        ("hf://datasets/org/name@refs%2Fpr%2F3/x y.csv", "org/name", "refs/pr/3", "x y.csv"),
        ("hf://datasets/o/n/a@b/c.csv", "o/n", nil, "a@b/c.csv"),
    ])
    func anAddressIsReadAsPythonReadsIt(text: String, repository: String, revision: String?, path: String)
        throws
    {
        let address = try #require(HubFileAddress(text))
        #expect(address.repository.repository == repository && address.repository.revision == revision)
        #expect(address.repository.kind == .dataset && address.path == path)
        #expect(HubFileAddress("\(address)") == address)
    }

    @Test(arguments: [
        "hf://", "hf://datasets/org/name", "hf://datasets/org/name/", "hf://datasets/name/a.csv",
        "hf://org/name/a.csv",
        "hf://datasets/org/name@/a.csv", "hf://datasets/org/name/../a.csv", "hf://datasets/org/name/a//b.csv",
        "hf://datasets/-org/name/a.csv", "hf://spaces/org/name/a.csv",
        "hf://datasets/org/name@a%2F..%2Fb/a.csv",
    ])
    func whatIsNoAddressIsRefused(text: String) { #expect(HubFileAddress(text) == nil) }

    /// More than what the golden file of splits has.
    @Test(arguments: [
        ("*.csv", "a.csv", true), ("*.csv", "x/a.csv", false), ("**/*.csv", "a.csv", true),
        ("**", "x/y/z", true),
        ("x/**", "x", false), ("x/**/z", "x/z", true), ("x/**/z", "x/a/b/z", true), ("[!a]*", "b", true),
        ("[!a]*", "a", false), ("a\\*", "a*", false), ("./a", "a", true), ("*", ".a", false),
        (".*", ".a", true),
        ("**", "__x/a", false), ("__x/*", "__x/a", true), ("*", "README.md", false),
        ("READM?.md", "README.md", false),
        ("README.md", "README.md", true), ("a[1].csv", "a[1].csv", false), ("é*", "éa", true),
        ("[]a]", "]", true), ("[!]a]", "b", true), ("[a", "[a", true), ("[c-a]", "b", false),
        ("[a-]", "-", true), ("*a*b", "aab", true),
        ("a*", "a", true), ("", "a", false), ("**/**/a", "a", true), ("**/x/**/y", "x/y", true),
        ("**/x/**/y", "y", false),
    ])
    func patternsAreThoseOfDatasets(pattern: String, path: String, isMatch: Bool) {
        #expect(HubPattern(pattern).matches(path) == isMatch)
    }

    /// A README may ask for anything; a matcher that tries every way would not end.
    @Test func noPatternTakesLong() {
        let name = String(repeating: "a", count: 250)
        let path = Array(repeating: "a", count: 500).joined(separator: "/")
        #expect(!HubPattern(String(repeating: "*a", count: 100) + "*b").matches(name))
        #expect(!HubPattern(String(repeating: "**/a/", count: 200) + "b").matches(path))
    }
}
