import Evaluation
import Foundation
import TestSupport
import Testing

/// Wilson's intervals against SciPy's.
@Suite struct ProportionTests {
    @Test func intervalsEqualSciPys() throws {
        let bytes = try Data(contentsOf: oracle("Evaluation/proportions.json"))
        let rows = try JSONDecoder().decode([[Double]].self, from: bytes)
        try #require(rows.count > 50)
        for row in rows {
            let interval = try #require(Proportion(Int(row[0]), of: Int(row[1])).interval)
            // SciPy's own ends at 0 and 1 are a rounding away from them.
            #expect(abs(interval.lowerBound - row[2]) < 1e-14, "\(row)")
            #expect(abs(interval.upperBound - row[3]) < 1e-14, "\(row)")
        }
    }

    @Test func noneOfNothing() throws {
        let none = Proportion(0, of: 0)
        #expect(none.share == nil && none.interval == nil)
        let written = String(decoding: try JSONEncoder().encode(none), as: UTF8.self)
        #expect(written.contains("\"low\":null") && written.contains("\"share\":null"), "\(written)")
    }
}
