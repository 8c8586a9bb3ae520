import Testing
import TextClassifiers

/// fastText's hashes: the subwords that its Python package (0.9.2) gives with minn 2, maxn 4 and 1,000 buckets.
@Suite struct NgramHashTests {
    @Test(arguments: [
        ("where", [84, 652, 715, 706, 941, 621, 254, 420, 811, 446, 33, 469, 64, 498, 490]),
        ("café", [512, 747, 831, 945, 661, 601, 470, 362, 12, 989, 697, 781]),
        ("日本", [687, 587, 759, 409, 157, 717]), ("a", [750, 600, 806]),
    ])
    func characterNgrams(word: String, buckets: [UInt32]) {
        var own: [UInt32] = []
        NgramHash.characterNgrams(of: Array(word.utf8), 2...4) { own.append($0 % 1000) }
        #expect(own == buckets)
    }
}
