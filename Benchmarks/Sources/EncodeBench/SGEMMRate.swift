import CSGEMM
import Bakeoff
import Foundation
import Synchronization


/// The rate that OpenBLAS reaches alone on an encoder's products, each thread on its own matrices.
enum SGEMMRate {
    /// Rows of the left factor: enough that more make it no faster.
    private static let rows = 1024
    private static let seconds = 1.0

    /// Billions of multiplications and additions a second on all `threads` together.
    static func measure(_ sizes: EncoderConfiguration, threads: Int) -> Double {
        openblas_set_num_threads(1)
        let (h, i) = (sizes.hidden, sizes.intermediate)
        let rates = Mutex<[Double]>([])
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            let rate = oneThread([(h, h), (h, h), (h, h), (h, h), (h, i), (i, h)])
            rates.withLock { $0.append(rate) }
        }
        return rates.withLock { $0.reduce(0, +) }
    }

    private static func oneThread(_ products: [(depth: Int, columns: Int)]) -> Double {
        let widest = products.map { max($0.depth, $0.columns) }.max() ?? 1
        let a = [Float](repeating: 0.5, count: rows * widest)
        let b = [Float](repeating: 0.25, count: products.map { $0.depth * $0.columns }.max() ?? 1)
        var c = [Float](repeating: 0, count: rows * widest)
        var work = 0.0
        let start = EncodeBench.seconds()
        var passed = 0.0
        while passed < seconds {
            for (depth, columns) in products {
                cblas_sgemm(
                    CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(rows), blasint(columns),
                    blasint(depth), 1,
                    a, blasint(depth), b, blasint(columns), 0, &c, blasint(columns))
                work += 2 * Double(rows * columns * depth) / 1e9
            }
            passed = EncodeBench.seconds() - start
        }
        return work / passed
    }
}
