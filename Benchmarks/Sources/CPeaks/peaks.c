#include "CPeaks.h"

#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

// Chains that do not depend on each other, so many that the latency of one is filled by the others.
enum { CHAINS = 16, ROUNDS = 100000 };

// A function that runs STEP on every chain, over and over. The empty asm keeps each result in its register and alive.
// `operations` are those of one STEP.
#define PEAK(name, features, type, zero, step, operations)                                   \
    __attribute__((target(features))) static double name(double seconds) {                   \
        type sum[CHAINS];                                                                    \
        for (int i = 0; i < CHAINS; i++) sum[i] = zero;                                      \
        type x = zero;                                                                       \
        double done = 0, start = now(), passed = 0;                                          \
        while (passed < seconds) {                                                           \
            for (long round = 0; round < ROUNDS; round++) {                                  \
                __asm__ volatile("" : KEEP(x));                                              \
                _Pragma("clang loop unroll(full)") for (int i = 0; i < CHAINS; i++) {        \
                    sum[i] = step;                                                           \
                    __asm__ volatile("" : KEEP(sum[i]));                                     \
                }                                                                            \
            }                                                                                \
            done += (double)ROUNDS * CHAINS * (operations);                                  \
            passed = now() - start;                                                          \
        }                                                                                    \
        return done / passed / 1e9;                                                          \
    }

#if defined(__x86_64__)
#include <immintrin.h>
#define KEEP(x) "+v"(x)

PEAK(f32_512, "avx512f", __m512, _mm512_setzero_ps(), _mm512_fmadd_ps(x, x, sum[i]), 2 * 16)
PEAK(f32_256, "avx2,fma", __m256, _mm256_setzero_ps(), _mm256_fmadd_ps(x, x, sum[i]), 2 * 8)
PEAK(
    bf16_512, "avx512f,avx512bf16", __m512, _mm512_setzero_ps(),
    _mm512_dpbf16_ps(sum[i], (__m512bh)x, (__m512bh)x), 2 * 32)
PEAK(
    int8_512, "avx512f,avx512vnni", __m512i, _mm512_setzero_si512(), _mm512_dpbusd_epi32(sum[i], x, x), 2 * 64)
PEAK(
    int8_256, "avx2,avxvnni", __m256i, _mm256_setzero_si256(), _mm256_dpbusd_avx_epi32(sum[i], x, x), 2 * 32)

double peak_f32(double seconds) {
    if (__builtin_cpu_supports("avx512f")) return f32_512(seconds);
    return __builtin_cpu_supports("fma") ? f32_256(seconds) : 0;
}

double peak_bf16(double seconds) { return __builtin_cpu_supports("avx512bf16") ? bf16_512(seconds) : 0; }

double peak_int8(double seconds) {
    if (__builtin_cpu_supports("avx512vnni")) return int8_512(seconds);
    return __builtin_cpu_supports("avxvnni") ? int8_256(seconds) : 0;
}

#else
#define KEEP(x) "+w"(x)
typedef float f32x4 __attribute__((vector_size(16)));

PEAK(f32_128, "", f32x4, (f32x4){0}, __builtin_elementwise_fma(x, x, sum[i]), 2 * 4)

double peak_f32(double seconds) { return f32_128(seconds); }
double peak_bf16(double seconds) { (void)seconds; return 0; }
double peak_int8(double seconds) { (void)seconds; return 0; }
#endif
