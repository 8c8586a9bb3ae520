void NAME(ck_layer_norm_rows)(
    const float *x, long x_stride, const float *residual, long residual_stride, float *sums,
    long sums_stride, const float *gain, const float *shift, float epsilon, float *y, long y_stride, long rows,
    long columns) {
    const long whole = columns / WIDTH * WIDTH, rest = columns - whole;
    for (long r = 0; r < rows; r++) {
        const float *xr = x + r * x_stride;
        const float *other = residual ? residual + r * residual_stride : 0;
        float *zr = sums + r * sums_stride;
        float *yr = y + r * y_stride;

        f16x sum = broadcast(0);
        for (long i = 0; i < whole; i += WIDTH) {
            const f16x value = other ? load(xr + i) + load(other + i) : load(xr + i);
            sum += value;
            store(zr + i, value);
        }
        if (rest > 0) {
            f16x value = load_part(xr + whole, rest, 0);
            if (other) value += load_part(other + whole, rest, 0);
            sum += value;
            store_part(zr + whole, value, rest);
        }
        const float mean = sum_lanes(sum) / (float)columns;

        f16x squares = broadcast(0);
        for (long i = 0; i < whole; i += WIDTH) {
            const f16x deviation = load(zr + i) - mean;
            squares = fma16(deviation, deviation, squares);
        }
        if (rest > 0) {
            const f16x deviation = load_part(zr + whole, rest, mean) - mean;
            squares = fma16(deviation, deviation, squares);
        }
        const float variance = sum_lanes(squares) / (float)columns;
        const float factor = 1.0f / __builtin_sqrtf(variance + epsilon);

        for (long i = 0; i < whole; i += WIDTH)
            store(yr + i, fma16((load(zr + i) - mean) * factor, load(gain + i), load(shift + i)));
        for (long i = whole; i < columns; i++) yr[i] = (zr[i] - mean) * factor * gain[i] + shift[i];
    }
}

void NAME(ck_layer_norm_backward_rows)(
    const float *z, long z_stride, const float *gain, float epsilon, float *d, long d_stride, float *d_gain,
    float *d_shift, long rows, long columns) {
    const float share = 1.0f / (float)columns;
    for (long r = 0; r < rows; r++, z += z_stride, d += d_stride) {
        f16x sum = broadcast(0), squares = broadcast(0);
        EACH_PART(columns, sum += PART(z, 0))
        const float mean = sum_lanes(sum) / (float)columns;
        EACH_PART(columns, const f16x deviation = PART(z, mean) - mean; squares = fma16(deviation, deviation, squares))
        const float variance = sum_lanes(squares) / (float)columns;
        const float factor = 1.0f / __builtin_sqrtf(variance + epsilon);

        f16x slopes = broadcast(0), products = broadcast(0);
        EACH_PART(
            columns, const f16x unit = (PART(z, mean) - mean) * factor; const f16x dy = PART(d, 0);
            const f16x slope = dy * PART(gain, 0); slopes += slope; products = fma16(slope, unit, products);
            PUT(d_gain, fma16(dy, unit, PART(d_gain, 0))); PUT(d_shift, PART(d_shift, 0) + dy))
        const float mean_slope = sum_lanes(slopes) * share, mean_product = sum_lanes(products) * share;
        EACH_PART(
            columns, const f16x unit = (PART(z, mean) - mean) * factor;
            PUT(d, factor * (PART(d, 0) * PART(gain, 0) - mean_slope - unit * mean_product)))
    }
}
