// The matrix product of one panel, in tiles of ROWS x (LANES * VECTORS): as large as the registers allow for the
// sums, one row of B and one element of A. A template for numbers of any kind; who includes it defines
//
//   PRODUCT           the kernel's name
//   UNIT              the type of A and B: four bytes, which hold one number, or several that follow each other in depth
//   SUMS              a vector of LANES sums
//   PARTS             into how many parts a unit is taken apart
//   FACTOR            a vector of LANES such parts
//   RIGHT(part, x)    the part of a vector of units
//   LEFT_UNITS        the units that A has for each of B: 1, or 2 where each part of A's is a unit
//   LEFT(part, p)     the part of what is at p for one unit of B, in all lanes
//   ADD(part, a, b, sum)  sum + a * b
//   GROUP             where sums are scaled: the units after which they are, as `ck_panel_product_int8` says
//
// Every element of C is one chain of additions over k in rising order, whatever the tile, so a row's bits
// do not depend on the rows beside it, nor on how the depth is cut, nor (with FMA) on the instruction set.

// `depth` steps of `rows` (a constant at every call, once inlined) rows of sums, LANES * VECTORS columns.
INLINE void TILE(PRODUCT, steps)(
    SUMS (*sum)[VECTORS], const int rows, long depth, const UNIT *a, long a_row, long a_depth, const UNIT *b, long b_depth) {
    // One pointer for three rows, of which the CPU's addressing finds the others: so that the loop is little more
    // than its multiplications. The empty asm keeps the compiler from computing the pointers from each other.
    const UNIT *left[(ROWS + 2) / 3];
#pragma clang loop unroll(full)
    for (int g = 0; g < (rows + 2) / 3; g++) left[g] = a + 3 * g * a_row;
    __asm__("" : "+r"(a_row));
    // (With the narrowest registers two steps at once leave the compiler too few.)
#pragma clang loop unroll_count(LANES > 4 ? 2 : 1)
    for (long k = 0; k < depth; k++) {
#pragma clang loop unroll(full)
        for (int part = 0; part < PARTS; part++) {
            // With sixteen registers there is none to keep B's units in, so that they are read again for each part.
            if (PARTS > 1 && LANES < 16) __asm__("" : "+r"(b));
            FACTOR right[VECTORS];
#pragma clang loop unroll(full)
            for (int v = 0; v < VECTORS; v++) right[v] = RIGHT(part, b + v * LANES);
#pragma clang loop unroll(full)
            for (int r = 0; r < rows; r++) {
                const FACTOR factor = LEFT(part, left[r / 3] + r % 3 * a_row);
#pragma clang loop unroll(full)
                for (int v = 0; v < VECTORS; v++) sum[r][v] = ADD(part, factor, right[v], sum[r][v]);
            }
        }
#pragma clang loop unroll(full)
        for (int g = 0; g < (rows + 2) / 3; g++) {
            left[g] += a_depth;
            __asm__("" : "+r"(left[g]));
        }
        b += b_depth;
    }
}

INLINE void TILE(PRODUCT, tile)(
    const int rows, long depth, const UNIT *a, long a_row, long a_depth, const UNIT *b, long b_depth,
    const float *start, long start_row, float *c, long c_row) {
    SUMS sum[ROWS][VECTORS];
#ifdef GROUP
    // The sums of a group are whole numbers. Those of C are in memory, since the registers are full.
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < VECTORS; v++)
            *(tile_floats *)(c + r * c_row + v * LANES) = *(const tile_floats *)(start + r * start_row + v * LANES);
    for (long g = 0; g < depth; g++) {
        const UNIT *numbers = a + CK_INT8_HEADER;
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
            for (int v = 0; v < VECTORS; v++) sum[r][v] = ((const int32_t *)(a + r * a_row))[1] - (SUMS){0};
        TILE(PRODUCT, steps)(sum, rows, GROUP, numbers, a_row, LEFT_UNITS, b + b_depth, b_depth);
        numbers += GROUP * LEFT_UNITS;
        if (LEFT_UNITS == 1 && a_depth == 2) {
#pragma clang loop unroll(full)
            for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
                for (int v = 0; v < VECTORS; v++)
                    sum[r][v] = (sum[r][v] << 8) + ((const int32_t *)(a + r * a_row))[2];
            TILE(PRODUCT, steps)(sum, rows, GROUP, numbers, a_row, LEFT_UNITS, b + b_depth, b_depth);
            numbers += GROUP;
        }
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            const tile_floats scale = *(const may_alias_float *)(a + r * a_row) - (tile_floats){0};
#pragma clang loop unroll(full)
            for (int v = 0; v < VECTORS; v++) {
                tile_floats *to = (tile_floats *)(c + r * c_row + v * LANES);
                const tile_floats whole = __builtin_convertvector(sum[r][v], tile_floats);
                *to = MULTIPLY_ADD(whole * *(const tile_floats *)(b + v * LANES), scale, *to);
            }
        }
        a = numbers;
        b += (GROUP + 1) * b_depth;
    }
#else
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < VECTORS; v++) sum[r][v] = *(const SUMS *)(start + r * start_row + v * LANES);
    TILE(PRODUCT, steps)(sum, rows, depth, a, a_row, a_depth, b, b_depth);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < VECTORS; v++) *(SUMS *)(c + r * c_row + v * LANES) = sum[r][v];
#endif
}

// All rows of one panel.
void NAMED(PRODUCT)(
    long rows, long depth, const UNIT *a, long a_row, long a_depth, const UNIT *b, long b_depth,
    const float *start, long start_row, float *c, long c_row) {
    for (int column = 0; column < CK_PANEL; column += LANES * VECTORS) {
        const UNIT *bb = b + column;
        const float *ss = start + column;
        float *cc = c + column;
        long r = 0;
        for (; r + ROWS <= rows; r += ROWS)
            TILE(PRODUCT, tile)(
                ROWS, depth, a + r * a_row, a_row, a_depth, bb, b_depth, ss + r * start_row, start_row,
                cc + r * c_row, c_row);
#define REST(n)                                                                                      \
    case n:                                                                                          \
        TILE(PRODUCT, tile)(                                                                               \
            n < ROWS ? n : 1, depth, a + r * a_row, a_row, a_depth, bb, b_depth, ss + r * start_row, \
            start_row, cc + r * c_row, c_row);                                                       \
        break;
        switch (rows - r) {
            REST(1) REST(2) REST(3) REST(4) REST(5)
#if ROWS > 6
            REST(6) REST(7) REST(8) REST(9) REST(10) REST(11) REST(12) REST(13)
#endif
        }
#undef REST
    }
}

#undef PRODUCT
#undef UNIT
#undef GROUP
#undef LEFT_UNITS
#undef SUMS
#undef PARTS
#undef FACTOR
#undef RIGHT
#undef LEFT
#undef ADD
