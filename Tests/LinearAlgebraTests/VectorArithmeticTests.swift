import LinearAlgebra
import TestSupport
import Testing

@Suite struct VectorArithmeticTests {
    @Test(arguments: [0, 1, 7, 8, 9, 31]) func elementByElement(count: Int) {
        let x = (0..<count).map { Double($0 * 7 % 5) - 2 }
        let y = (0..<count).map { Double($0 * 3 % 7) - 3 }
        #expect(sum(x, -2, y) == x.indices.map { x[$0] - 2 * y[$0] })
        #expect(product(x, y) == x.indices.map { x[$0] * y[$0] })
        #expect(scaled(x, by: -3) == x.map { $0 * -3 })
        #expect(dot(x, y) == x.indices.reduce(0) { $0 + x[$1] * y[$1] }, "whole numbers add up exactly")
        #expect(maxAbs(x) == x.reduce(0) { max($0, abs($1)) })
    }

    /// One pass has the bits of two.
    @Test(arguments: [0, 1, 7, 8, 9, 31]) func addingAndMultiplyingAtOnce(count: Int) {
        let (x, z) = (randomMatrix(1, count, seed: 1).values, randomMatrix(1, count, seed: 2).values)
        var (together, apart) = (
            randomMatrix(1, count, seed: 3).values, randomMatrix(1, count, seed: 3).values
        )
        add(-0.3, x, to: &apart)
        let product = add(-0.3, x, to: &together, thenDot: z)
        #expect(product == dot(z, apart) && together == apart)
        let none = add(2, x, to: &together, thenDot: nil)
        #expect(none == 0)
        add(2, x, to: &apart)
        scale(&together, by: 0.7)
        #expect(together == scaled(apart, by: 0.7))
    }

    /// Nothing is fused, among the eights and behind them.
    @Test(arguments: [0, 1, 7, 8, 9, 31]) func quotientsAndMultiples(count: Int) {
        let (x, y) = (randomMatrix(1, count + 2, seed: 4).values, randomMatrix(1, count, seed: 5).values)
        let found = sum(x[2...], over: 0.3, -1.7, y[...])
        #expect(found == zip(x[2...], y).map { $0 / 0.3 - 1.7 * $1 })
    }

    /// Wherever it stands, among the eights and behind them.
    @Test(arguments: 0..<21) func theLargestIsFound(place: Int) {
        var x = (0..<21).map { Double($0) }
        x[place] = -100
        #expect(maxAbs(x) == 100)
        x[place] = -.infinity
        #expect(maxAbs(x) == .infinity)
        x[place] = .nan
        #expect(maxAbs(x).isNaN)
    }
}
