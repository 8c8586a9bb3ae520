#if defined(__x86_64__)
// The product of bytes with AVX512_VNNI.
#include <immintrin.h>
#define NAME(kernel) kernel##_avx512vnni
#define LANES 16
#define VECTORS 2
#define ROWS 14
#define MULTIPLY_ADD(x, y, z) __builtin_elementwise_fma(x, y, z)
#define DPBUSD(sum, a, b) (tile_ints)_mm512_dpbusd_epi32((__m512i)(sum), (__m512i)(a), (__m512i)(b))
#pragma clang attribute push(__attribute__((target("avx512f,avx512vnni,avx2,fma"))), apply_to = function)
#include "product_int8.h"
#pragma clang attribute pop
#endif
