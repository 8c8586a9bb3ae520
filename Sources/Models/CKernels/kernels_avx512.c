#if defined(__x86_64__)
// Every kernel for AVX-512.
#define NAME(kernel) kernel##_avx512
#define LANES 16
#define VECTORS 2
#define ROWS 14
#define MULTIPLY_ADD(x, y, z) __builtin_elementwise_fma(x, y, z)
#pragma clang attribute push(__attribute__((target("avx512f,avx2,fma"))), apply_to = function)
#include "all_kernels.h"
#pragma clang attribute pop
#endif
