import COpenBLAS

/// The linked BLAS.
public enum BLAS {
    /// Its name, version and the kernels that it chose for this CPU.
    public static var description: String {
        String(cString: openblas_get_config()).split(separator: " ").joined(separator: " ")
    }
}
