// The product of bfloat16 numbers with float32 sums. A unit is a pair of them, the first in its lower half. The pair's second
// product is added first, as by the instruction VDPBF16PS (DPBF16 here), and each addition is rounded to the nearest float32.
// The instruction takes numbers below the normal range for 0, and makes 0 of such results; on x86 the caller has the CPU do
// so for other instructions too.
#include "tile_types.h"

#define PRODUCT ck_panel_product_bf16
#define UNIT uint32_t
#define SUMS tile_floats
#ifdef DPBF16
#define PARTS 1
#define FACTOR tile_words
#define RIGHT(part, p) (*(const tile_words *)(p))
#define LEFT_UNITS 1
#define LEFT(part, p) (*(p) - (tile_words){0})
#define ADD(part, a, b, sum) DPBF16(sum, a, b)
#else
INLINE tile_floats bf16_half(int part, tile_words pairs) {
    return (tile_floats)(part == 0 ? pairs & 0xFFFF0000u : pairs << 16);
}
#if defined(__x86_64__)
#define NORMAL(x) (x)
#else
// 0, of the same sign, for a number below the normal range.
INLINE tile_floats normal(tile_floats x) {
    const tile_words bits = (tile_words)x;
    const tile_words isNormal = (tile_words)((bits & 0x7F800000u) != 0);
    return (tile_floats)(bits & (isNormal | 0x80000000u));
}
#define NORMAL(x) normal(x)
#endif
#define PARTS 2
#define FACTOR tile_floats
#define RIGHT(part, p) NORMAL(bf16_half(part, *(const tile_words *)(p)))
// As floats already, the second of a pair before the first.
#define LEFT_UNITS 2
#define LEFT(part, p) NORMAL(*(const may_alias_float *)((p) + part) - (tile_floats){0})
#define ADD(part, a, b, sum) NORMAL(MULTIPLY_ADD(a, b, NORMAL(sum)))
#endif
#include "gemm_tile.h"
#undef NORMAL
