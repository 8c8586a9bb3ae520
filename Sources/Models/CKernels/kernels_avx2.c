#if defined(__x86_64__)
// Every kernel for AVX2 with FMA.
#include <immintrin.h>
#define NAME(kernel) kernel##_avx2
#define LANES 8
#define VECTORS 2
#define ROWS 6
#define MULTIPLY_ADD(x, y, z) __builtin_elementwise_fma(x, y, z)
#define MADD16(a, b) (tile_ints)_mm256_madd_epi16((__m256i)(a), (__m256i)(b))
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "all_kernels.h"
#pragma clang attribute pop
#endif
