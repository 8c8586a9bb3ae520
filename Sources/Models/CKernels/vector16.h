// Sixteen floats at a time, as one, two or four registers: the same lanes, and so the same sums, everywhere.
#ifndef VECTOR16_H
#define VECTOR16_H

#include <stdint.h>
#include <string.h>

#include "inline.h"

enum { WIDTH = 16 };
typedef float f16x __attribute__((vector_size(64), aligned(4)));
typedef int32_t i16x __attribute__((vector_size(64), aligned(4)));
typedef uint32_t u16x __attribute__((vector_size(64), aligned(4)));
typedef uint64_t w8x __attribute__((vector_size(64), aligned(4)));

INLINE f16x broadcast(float x) { return x - (f16x){0}; }

INLINE f16x load(const float *x) { return *(const f16x *)x; }

INLINE void store(float *to, f16x x) { *(f16x *)to = x; }

// The first `count` lanes from memory, the others `fill`.
INLINE f16x load_part(const float *x, long count, float fill) {
    float lanes[WIDTH];
    for (long i = 0; i < WIDTH; i++) lanes[i] = i < count ? x[i] : fill;
    return load(lanes);
}

INLINE void store_part(float *to, f16x x, long count) {
    float lanes[WIDTH];
    store(lanes, x);
    memcpy(to, lanes, (unsigned long)count * sizeof(float));
}

// Runs a statement for each sixteen elements of a row of `columns`, the last of them fewer: PART(x, fill) is what x holds
// there, with `fill` past the row's end, and PUT(x, value) writes it.
#define EACH_PART(columns, ...)                                                           \
    {                                                                                     \
        long at = 0;                                                                      \
        for (; at + WIDTH <= (columns); at += WIDTH) {                                     \
            const long part = WIDTH;                                                      \
            __VA_ARGS__;                                                                  \
        }                                                                                 \
        const long part = (columns) - at;                                                 \
        if (part > 0) {                                                                   \
            __VA_ARGS__;                                                                  \
        }                                                                                 \
    }
#define PART(x, fill) (part == WIDTH ? load((x) + at) : load_part((x) + at, part, fill))
#define PUT(x, value) (part == WIDTH ? store((x) + at, value) : store_part((x) + at, value, part))

INLINE f16x fma16(f16x a, f16x b, f16x c) { return MULTIPLY_ADD(a, b, c); }

// `mask` lanes (all ones or zero) choose a, the others b.
INLINE f16x choose(i16x mask, f16x a, f16x b) { return (f16x)((mask & (i16x)a) | (~mask & (i16x)b)); }

// The larger of each lane; b where a is NaN.
INLINE f16x larger(f16x a, f16x b) { return choose(a > b, a, b); }

INLINE f16x smaller(f16x a, f16x b) { return choose(a < b, a, b); }

// Lanes are added in pairs, always the same ones.
INLINE float sum_lanes(f16x x) {
    float lanes[WIDTH];
    store(lanes, x);
    for (int half = WIDTH / 2; half > 0; half /= 2)
        for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
    return lanes[0];
}

// x in the first `count` lanes, `fill` in the others.
INLINE f16x keep_first(f16x x, long count, float fill) {
    const i16x lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return choose(lane < (int32_t)count, x, broadcast(fill));
}

INLINE float largest_lane(f16x x) {
    float lanes[WIDTH];
    store(lanes, x);
    float best = lanes[0];
    for (int i = 1; i < WIDTH; i++) best = lanes[i] > best ? lanes[i] : best;
    return best;
}

// exp x: 2^n * e^r with n = round(x / ln 2), |r| <= ln 2 / 2, and e^r by a polynomial of degree 6 (Cephes expf).
INLINE f16x exp16(f16x x) {
    const float low = -87.33654f, high = 88.72283f;  // ln of the least normal and of the largest float
    const float log2_e = 1.44269504f;
    const float ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;  // ln 2 in two parts, the first of few bits
    const float round = 12582912.0f;  // 1.5 * 2^23: adding it leaves an integer in the low bits
    const f16x bounded = smaller(larger(x, broadcast(low)), broadcast(high));
    const f16x shifted = fma16(bounded, broadcast(log2_e), broadcast(round));
    const f16x n = shifted - round;
    f16x r = fma16(n, broadcast(-ln2_high), bounded);
    r = fma16(n, broadcast(-ln2_low), r);
    f16x p = broadcast(1.9875691500e-4f);
    p = fma16(p, r, broadcast(1.3981999507e-3f));
    p = fma16(p, r, broadcast(8.3334519073e-3f));
    p = fma16(p, r, broadcast(4.1665795894e-2f));
    p = fma16(p, r, broadcast(1.6666665459e-1f));
    p = fma16(p, r, broadcast(5.0000001201e-1f));
    p = fma16(p, r * r, r + 1.0f);
    // Two factors 2^(n/2), since 2^128 itself is no float.
    const i16x whole = (i16x)shifted - (i16x)broadcast(round);
    const i16x half = whole >> 1;
    const f16x scaled = p * (f16x)((half + 127) << 23) * (f16x)((whole - half + 127) << 23);
    const f16x bottom = choose(x < low, broadcast(0), scaled);
    const f16x top = choose(x > high, broadcast(__builtin_inff()), bottom);
    return choose(x == x, top, x);
}

#endif
