#if defined(__x86_64__)
// The product of bfloat16 with AVX512_BF16.
#include <immintrin.h>
#define NAME(kernel) kernel##_avx512bf16
#define LANES 16
#define VECTORS 2
#define ROWS 14
#define DPBF16(sum, a, b) (tile_floats)_mm512_dpbf16_ps((__m512)(sum), (__m512bh)(a), (__m512bh)(b))
#pragma clang attribute push(__attribute__((target("avx512f,avx512bf16,avx2,fma"))), apply_to = function)
#include "product_bf16.h"
#pragma clang attribute pop
#endif
