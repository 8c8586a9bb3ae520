import Reports
import Testing

struct WordingTests {
    @Test(arguments: [
        (0.0000004, "0 µs"), (0.25, "250 ms"), (59.94, "59.9 s"), (99.94, "99.9 s"), (100, "1 min 40 s"),
        (119.6, "2 min 00 s"), (4859.9, "81 min 00 s"), (3599.4, "59 min 59 s"),
    ]) func secondsAreNeverSixty(value: Double, text: String) {
        #expect(Wording.seconds(value) == text)
    }
}
