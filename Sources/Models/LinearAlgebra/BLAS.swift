import COpenBLAS

/// The linked BLAS.
public enum BLAS {
    /// Its name, version and the kernels that it chose for this CPU.
    public static var description: String {
        String(cString: openblas_get_config()).split(separator: " ").joined(separator: " ")
    }
}

extension BLAS {
    private static let callingThread: Void = openblas_set_num_threads(1)

    /// Keeps OpenBLAS from threads of its own; parallel work is cut into blocks by its caller.
    package static func useCallingThread() { _ = callingThread }
}
