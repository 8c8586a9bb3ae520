import DeterministicWork
import Encoders
import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// Encoders with weights in fewer bits.
@Suite struct PrecisionTests {
    private static let fewer: [Precision] = [.bf16, .int8]

    private func cosines(_ x: [Float], _ y: [Float], width: Int) -> [Double] {
        stride(from: 0, to: x.count, by: width).map { start in
            var (xy, xx, yy) = (0.0, 0.0, 0.0)
            for i in start..<start + width {
                xy += Double(x[i]) * Double(y[i])
                xx += Double(x[i]) * Double(x[i])
                yy += Double(y[i]) * Double(y[i])
            }
            return xy / (xx * yy).squareRoot()
        }
    }

    /// Networks of every architecture, with random weights: vectors point where those of float32 do. (With so few
    /// numbers a rounded one tells more than in a trained network.)
    @Test(arguments: fewer, Golden.names) func isNearFloat32(precision: Precision, name: String) throws {
        let golden = try Golden(name)
        let reduced = golden.encoder.reduced(to: precision)
        #expect(reduced.precision == precision && golden.encoder.precision == .f32)
        let width = golden.encoder.configuration.hidden
        let bound = precision == .bf16 ? 0.9995 : 0.995
        for pooling in [Pooling.mean, .cls] {
            let exact = try golden.encoder.embed(golden.batch, pooling: pooling)
            let found = try reduced.embed(golden.batch, pooling: pooling)
            #expect(found != exact)
            for cosine in cosines(found, exact, width: width) { #expect(cosine > bound, "\(cosine)") }
        }
    }

    /// What is loaded in few bits is what is made of float32.
    @Test(arguments: fewer, ["bert-gelu", "electra", "bert-bf16"])
    func loadsAsItReduces(precision: Precision, name: String) throws {
        let golden = try Golden(name)
        let loaded = try TokenEncoder(folder: golden.folder, precision: precision)
        let reduced = golden.encoder.reduced(to: precision)
        #expect(
            try loaded.embed(golden.batch, pooling: .mean) == reduced.embed(golden.batch, pooling: .mean))
        #expect(loaded.parameterCount == golden.encoder.parameterCount)
        #expect(loaded.byteCount == reduced.byteCount && loaded.byteCount < golden.encoder.byteCount)
    }

    /// Static embeddings are looked up, not multiplied.
    @Test func aTableHasNoOtherPrecision() throws {
        let folder = oracle("Encoders/static-matrix")
        #expect(throws: EncoderError.inFile(path: folder.path, .notMultiplied(.int8))) {
            try TextEncoder(folder: folder, precision: .int8)
        }
        #expect(try TextEncoder(folder: folder, precision: .f32).precision == .f32)
    }

    /// What is saved is what the weights stand for: read in float32, it is near; reduced again, it is the same in bf16.
    @Test func savesWhatItStandsFor() throws {
        let golden = try Golden("bert-gelu")
        var (exact, stored) = ([[Float]](), [[Float]]())
        golden.encoder.forEachParameter { exact.append($1.checkpointValues()) }
        for precision in Self.fewer {
            stored = []
            golden.encoder.reduced(to: precision).forEachParameter { stored.append($1.checkpointValues()) }
            for (x, y) in zip(exact, stored) {
                let largest = x.reduce(0) { max($0, abs($1)) }
                #expect(x.count == y.count)
                #expect(zip(x, y).allSatisfy { abs($0 - $1) <= largest / 250 })
            }
        }
    }
}
