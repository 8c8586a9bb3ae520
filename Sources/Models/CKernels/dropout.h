// a * m for 16 numbers of 32 bits each: the upper and the lower half of the product.
INLINE void multiply_wide(u16x a, uint32_t m, u16x *high, u16x *low) {
    const uint64_t lower_half = 0xFFFFFFFF;
    const w8x even = ((w8x)a & lower_half) * (uint64_t)m, odd = ((w8x)a >> 32) * (uint64_t)m;
    *high = (u16x)((even >> 32) | (odd & ~lower_half));
    *low = (u16x)((even & lower_half) | (odd << 32));
}

// Sixteen blocks of Philox4x32-10 (Salmon et al. 2011), of counters that differ in c[0] alone.
INLINE void philox16(uint32_t first, uint32_t c1, uint32_t c2, uint32_t c3, const uint32_t *key, u16x c[4]) {
    const u16x lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    c[0] = lane + first;
    c[1] = (u16x){0} + c1;
    c[2] = (u16x){0} + c2;
    c[3] = (u16x){0} + c3;
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        u16x high0, low0, high2, low2;
        multiply_wide(c[0], 0xD2511F53, &high0, &low0);
        multiply_wide(c[2], 0xCD9E8D57, &high2, &low2);
        c[0] = high2 ^ c[1] ^ k0;
        c[1] = low2;
        c[2] = high0 ^ c[3] ^ k1;
        c[3] = low0;
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
}

void NAME(ck_dropout_rows)(
    float *x, long rows, long columns, long stride, uint32_t threshold, float scale, const uint32_t *key,
    uint32_t step, uint32_t site, uint32_t first_row, uint32_t row_step) {
    const f16x kept = broadcast(scale), dropped = broadcast(0);
    for (long r = 0; r < rows; r++, x += stride) {
        for (long group = 0; group < columns; group += 4 * WIDTH) {
            u16x bits[4];
            philox16((uint32_t)(group / 4), first_row + (uint32_t)r * row_step, site, step, key, bits);
            for (int w = 0; w < 4 && group + w * WIDTH < columns; w++) {
                float *to = x + group + w * WIDTH;
                const long part = columns - (group + w * WIDTH);
                const f16x factor = choose((i16x)(bits[w] < threshold), dropped, kept);
                if (part >= WIDTH)
                    store(to, load(to) * factor);
                else
                    store_part(to, load_part(to, part, 0) * factor, part);
            }
        }
    }
}
