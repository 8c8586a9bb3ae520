import LinearAlgebra
import Results

extension Machine {
    /// This machine, with the BLAS that is linked.
    public static var current: Machine { .current(blas: BLAS.description) }
}
