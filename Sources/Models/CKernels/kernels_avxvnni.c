#if defined(__x86_64__)
// The product of bytes with AVX-VNNI.
#include <immintrin.h>
#define NAME(kernel) kernel##_avxvnni
#define LANES 8
#define VECTORS 2
#define ROWS 6
#define MULTIPLY_ADD(x, y, z) __builtin_elementwise_fma(x, y, z)
#define DPBUSD(sum, a, b) (tile_ints)_mm256_dpbusd_avx_epi32((__m256i)(sum), (__m256i)(a), (__m256i)(b))
#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)
#include "product_int8.h"
#pragma clang attribute pop
#endif
