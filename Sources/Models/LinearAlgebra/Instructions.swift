import CKernels

/// The instructions that kernels may use, as `BAKEOFF_INSTRUCTIONS` limits them.
public enum Instructions {
    /// What the variable says if it is none of `known`; kernels then use all that the CPU has.
    public static var unknownLimit: String? { ck_unknown_instructions().map { String(cString: $0) } }

    /// Whether a multiply-add is rounded once. Where it is, results have the same bits whatever the instructions.
    package static var fuseMultiplyAdd: Bool { ck_fuses_multiply_add() != 0 }

    public static let known = ["baseline", "avx2", "avx512"]
}
