// The matrix product of one panel, in tiles of ROWS x (LANES * VECTORS): as large as the registers allow for the
// sums, one row of B and one element of A.
//
// Every element of C is one chain of multiply-adds over k in rising order, whatever the tile, so a row's bits
// do not depend on the rows beside it, nor on how the depth is cut, nor (with FMA) on the instruction set.

typedef float tile_vector __attribute__((vector_size(LANES * 4), aligned(4)));

// `rows` (a constant at every call, once inlined) rows of C, LANES * VECTORS columns.
INLINE void product_tile(
    const int rows, long depth, const float *a, long a_row, long a_depth, const float *b, long b_depth,
    const float *start, long start_row, float *c, long c_row) {
    tile_vector sum[ROWS][VECTORS];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < VECTORS; v++)
            sum[r][v] = *(const tile_vector *)(start + r * start_row + v * LANES);
    // One pointer for three rows, of which the CPU's addressing finds the others: so that the loop is little more
    // than its multiplications. The empty asm keeps the compiler from computing the pointers from each other.
    const float *left[(ROWS + 2) / 3];
#pragma clang loop unroll(full)
    for (int g = 0; g < (rows + 2) / 3; g++) left[g] = a + 3 * g * a_row;
    __asm__("" : "+r"(a_row));
#pragma clang loop unroll_count(2)
    for (long k = 0; k < depth; k++) {
        tile_vector right[VECTORS];
#pragma clang loop unroll(full)
        for (int v = 0; v < VECTORS; v++) right[v] = *(const tile_vector *)(b + v * LANES);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            const tile_vector factor = left[r / 3][r % 3 * a_row] - (tile_vector){0};
#pragma clang loop unroll(full)
            for (int v = 0; v < VECTORS; v++) sum[r][v] = MULTIPLY_ADD(factor, right[v], sum[r][v]);
        }
#pragma clang loop unroll(full)
        for (int g = 0; g < (rows + 2) / 3; g++) {
            left[g] += a_depth;
            __asm__("" : "+r"(left[g]));
        }
        b += b_depth;
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < VECTORS; v++) *(tile_vector *)(c + r * c_row + v * LANES) = sum[r][v];
}

// All rows of one panel.
void NAME(ck_panel_product)(
    long rows, long depth, const float *a, long a_row, long a_depth, const float *b, long b_depth,
    const float *start, long start_row, float *c, long c_row) {
    for (int column = 0; column < CK_PANEL; column += LANES * VECTORS) {
        const float *bb = b + column, *ss = start + column;
        float *cc = c + column;
        long r = 0;
        for (; r + ROWS <= rows; r += ROWS)
            product_tile(
                ROWS, depth, a + r * a_row, a_row, a_depth, bb, b_depth, ss + r * start_row, start_row,
                cc + r * c_row, c_row);
#define REST(n)                                                                                      \
    case n:                                                                                          \
        product_tile(                                                                                \
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
