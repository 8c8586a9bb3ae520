// Rows of a table that is larger than the caches, anywhere in it. Memory takes long to find a row, so rows that are wanted soon
// are called for while others are worked on.
typedef float f8x __attribute__((vector_size(32), aligned(4)));

INLINE void NAME(call_for_row)(const float *row, long width) {
    for (long i = 0; i < width; i += WIDTH) __builtin_prefetch(row + i);
}

void NAME(ck_sum_table_rows)(
    const float *table, long width, const int32_t *rows, long count, const int32_t *next, long next_count, float *sum) {
    memset(sum, 0, (unsigned long)width * sizeof(float));
    for (long r = 0; r < count; r++) {
        if (r < next_count) NAME(call_for_row)(table + next[r] * width, width);
        const float *row = table + rows[r] * width;
        for (long i = 0; i < width; i += 8) *(f8x *)(sum + i) += *(const f8x *)(row + i);
    }
    for (long r = count; r < next_count; r++) NAME(call_for_row)(table + next[r] * width, width);
}

void NAME(ck_add_to_table_rows)(float *table, long width, const int32_t *rows, long count, const float *change) {
    for (long r = 0; r < count; r++) {
        float *row = table + rows[r] * width;
        for (long i = 0; i < width; i += 8) *(f8x *)(row + i) += *(const f8x *)(change + i);
    }
}
