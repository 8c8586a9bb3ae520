// The steps of a transposition of 16 x 16: of rows i and i + d, lanes with and without the bit d change places.
#define EXCHANGE(d)                                                       \
    for (int i = 0; i < WIDTH; i++) {                                     \
        if (i & d) continue;                                              \
        const f16x a = row[i], b = row[i + d];                            \
        row[i] = __builtin_shufflevector(a, b, LOW_##d);                  \
        row[i + d] = __builtin_shufflevector(a, b, HIGH_##d);             \
    }
#define LOW_8 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23
#define HIGH_8 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31
#define LOW_4 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27
#define HIGH_4 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31
#define LOW_2 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29
#define HIGH_2 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#define LOW_1 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30
#define HIGH_1 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31

// to[k, r] = b[r, k] for 16 columns and `rows` rows, 0 for the other r of 16; `to` has rows of CK_PANEL.
INLINE void transpose16(const float *b, long b_row, long rows, float *to) {
    f16x row[WIDTH];
#pragma clang loop unroll(full)
    for (int i = 0; i < WIDTH; i++) row[i] = i < rows ? load(b + i * b_row) : broadcast(0);
#pragma clang loop unroll(full)
    EXCHANGE(8)
#pragma clang loop unroll(full)
    EXCHANGE(4)
#pragma clang loop unroll(full)
    EXCHANGE(2)
#pragma clang loop unroll(full)
    EXCHANGE(1)
#pragma clang loop unroll(full)
    for (int i = 0; i < WIDTH; i++) store(to + i * CK_PANEL, row[i]);
}

void NAME(ck_pack_transposed)(const float *b, long b_row, long rows, long depth, float *panel) {
    const long whole = depth / WIDTH * WIDTH;
    for (long r = 0; r < CK_PANEL; r += WIDTH) {
        const float *from = b + r * b_row;
        float *to = panel + r;
        for (long k = 0; k < whole; k += WIDTH) transpose16(from + k, b_row, rows - r, to + k * CK_PANEL);
        for (long k = whole; k < depth; k++)
            for (long i = 0; i < WIDTH; i++) to[k * CK_PANEL + i] = i < rows - r ? from[i * b_row + k] : 0;
    }
}

void NAME(ck_transpose_panel)(const float *tiles, long tile_step, long count, float *panel) {
    for (long t = 0; t < count; t++, tiles += tile_step, panel += CK_PANEL * CK_PANEL)
        for (long r = 0; r < CK_PANEL; r += WIDTH)
            for (long k = 0; k < CK_PANEL; k += WIDTH)
                transpose16(tiles + r * CK_PANEL + k, CK_PANEL, WIDTH, panel + k * CK_PANEL + r);
}

void NAME(ck_copy_panel)(const float *b, long b_row, long rows, float *panel) {
    for (long r = 0; r < rows; r++, b += b_row, panel += CK_PANEL)
        for (long i = 0; i < CK_PANEL; i += WIDTH) store(panel + i, load(b + i));
}
