#if defined(__x86_64__)
// Every kernel for AVX-512.
#include <immintrin.h>
#define NAME(kernel) kernel##_avx512
#define LANES 16
#define VECTORS 2
#define ROWS 14
#define MULTIPLY_ADD(x, y, z) __builtin_elementwise_fma(x, y, z)
#define MADD16(a, b) (tile_ints)_mm512_madd_epi16((__m512i)(a), (__m512i)(b))
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "all_kernels.h"
#pragma clang attribute pop
#endif
