// Every kernel for a CPU of which nothing is known: SSE2 on x86-64 (sixteen registers, no fused multiply-add, and
// fmaf in software would be a call), NEON on ARM (thirty-two registers).
#define NAME(kernel) kernel##_baseline
#define LANES 4
#define ROWS 6
#if defined(__x86_64__)
#define VECTORS 2
#define MULTIPLY_ADD(x, y, z) ((x) * (y) + (z))
#else
#define VECTORS 4
#define MULTIPLY_ADD(x, y, z) __builtin_elementwise_fma(x, y, z)
#endif
#include "all_kernels.h"
