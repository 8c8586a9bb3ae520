// The product of bytes, those of A with and those of B without a sign, in exact sums of 32 bits for each group. A unit holds
// four bytes.
#include "tile_types.h"

#define PRODUCT ck_panel_product_int8
#define UNIT uint32_t
#define GROUP (CK_INT8_GROUP / 4)
#define SUMS tile_ints
#ifdef DPBUSD
#define PARTS 1
#define FACTOR tile_words
#define RIGHT(part, p) (*(const tile_words *)(p))
#define LEFT_UNITS 1
#define LEFT(part, p) (*(p) - (tile_words){0})
#define ADD(part, a, b, sum) DPBUSD(sum, b, a)
#else
// The even or the odd bytes as numbers of 16 bits, whose products are added in pairs. (The instruction that multiplies bytes
// adds in 16 bits, where two products of 255 * 127 have no room.)
INLINE tile_shorts even_or_odd(int part, tile_words x) {
    return (tile_shorts)(part == 0 ? (tile_ushorts)x & 0xFF : (tile_ushorts)x >> 8);
}
#ifdef MADD16
#define PAIRS(a, b) MADD16(a, b)
#else
INLINE tile_ints pairs(tile_shorts a, tile_shorts b) {
    const tile_ints x = (tile_ints)a, y = (tile_ints)b;
    return ((x << 16) >> 16) * ((y << 16) >> 16) + (x >> 16) * (y >> 16);
}
#define PAIRS(a, b) pairs(a, b)
#endif
#define PARTS 2
#define FACTOR tile_shorts
#define RIGHT(part, p) even_or_odd(part, *(const tile_words *)(p))
// As numbers of 16 bits already, first the even two, then the odd ones.
#define LEFT_UNITS 2
#define LEFT(part, p) ((tile_shorts)((p)[part] - (tile_words){0}))
#define ADD(part, a, b, sum) ((sum) + PAIRS(a, b))
#endif
#include "gemm_tile.h"
#undef PAIRS
