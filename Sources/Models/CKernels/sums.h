void NAME(ck_add_column_sums)(const float *x, long x_stride, float *sums, long rows, long columns) {
    EACH_PART(
        columns, f16x sum = PART(sums, 0);
        for (long r = 0; r < rows; r++) sum += PART(x + r * x_stride, 0);
        PUT(sums, sum))
}

double NAME(ck_sum_of_squares)(const float *x, long count) {
    const long chunk = 4096;  // so few that float32 sums of sixteen lanes lose nothing that matters
    double total = 0;
    for (long start = 0; start < count; start += chunk) {
        const float *from = x + start;
        const long some = count - start < chunk ? count - start : chunk;
        f16x sum = broadcast(0);
        EACH_PART(some, const f16x value = PART(from, 0); sum = fma16(value, value, sum))
        total += (double)sum_lanes(sum);
    }
    return total;
}

void NAME(ck_add_rows)(const float *x, long x_stride, float *y, long y_stride, long rows, long columns) {
    for (long r = 0; r < rows; r++, x += x_stride, y += y_stride)
        EACH_PART(columns, PUT(y, PART(y, 0) + PART(x, 0)))
}

void NAME(ck_multiply_rows)(
    const float *x, long x_stride, const float *y, long y_stride, float *z, long z_stride, long rows, long columns) {
    for (long r = 0; r < rows; r++, x += x_stride, y += y_stride, z += z_stride)
        EACH_PART(columns, PUT(z, PART(x, 0) * PART(y, 0)))
}
