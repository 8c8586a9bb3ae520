// Every kernel for a CPU of which nothing is known: SSE2 on x86-64 (sixteen registers, no fused multiply-add, and
// fmaf in software would be a call), NEON on ARM (thirty-two registers).
#if defined(__x86_64__)
#include <emmintrin.h>
#endif
#define NAME(kernel) kernel##_baseline
#define LANES 4
#define ROWS 6
#if defined(__x86_64__)
#define VECTORS 2
#define MULTIPLY_ADD(x, y, z) ((x) * (y) + (z))
#define MADD16(a, b) (tile_ints)_mm_madd_epi16((__m128i)(a), (__m128i)(b))
#else
#define VECTORS 4
#define MULTIPLY_ADD(x, y, z) __builtin_elementwise_fma(x, y, z)
#endif
#include "all_kernels.h"
