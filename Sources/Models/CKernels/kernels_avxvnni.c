#if defined(__x86_64__)
// The product of bytes with AVX-VNNI.
#include <immintrin.h>
#include <stdint.h>
#define NAME(kernel) kernel##_avxvnni
#define LANES 8
#define VECTORS 2
#define ROWS 6
#define MULTIPLY_ADD(x, y, z) __builtin_elementwise_fma(x, y, z)
#define DPBUSD(sum, a, b) (tile_ints)_mm256_dpbusd_avx_epi32((__m256i)(sum), (__m256i)(a), (__m256i)(b))
#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)
#include "include/CKernels.h"

#define INLINE __attribute__((always_inline)) static inline
#pragma clang diagnostic ignored "-Wpsabi"  // no vector crosses a function that is not inlined

#include "tile_types.h"

#include "product_int8.h"
#pragma clang attribute pop
#endif
