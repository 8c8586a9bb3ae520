import SettingKeys
import Testing

struct NearestTests {
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3),
        ("seed", "sede", 1), ("ca", "abc", 3),
    ])
    func editDistances(a: String, b: String, distance: Int) {
        #expect(editDistance(a, b) == distance)
        #expect(editDistance(b, a) == distance)
    }

    @Test func onlyWhatIsNearIsSuggested() {
        let known = ["train", "validation", "test", "stratify", "seed"]
        #expect(nearest(to: "tset", in: known) == "test")
        #expect(nearest(to: "Validaton", in: known) == "validation")
        #expect(nearest(to: "zebra", in: known) == nil)
        #expect(nearest(to: "x", in: []) == nil)
    }
}
