void NAME(ck_layer_norm_rows)(
    const float *x, long x_stride, const float *residual, long residual_stride, const float *gain,
    const float *shift, float epsilon, float *y, long y_stride, long rows, long columns) {
    const long whole = columns / WIDTH * WIDTH, rest = columns - whole;
    for (long r = 0; r < rows; r++) {
        const float *xr = x + r * x_stride;
        const float *other = residual ? residual + r * residual_stride : 0;
        float *yr = y + r * y_stride;

        f16x sum = broadcast(0);
        for (long i = 0; i < whole; i += WIDTH) {
            const f16x value = other ? load(xr + i) + load(other + i) : load(xr + i);
            sum += value;
            store(yr + i, value);
        }
        if (rest > 0) {
            f16x value = load_part(xr + whole, rest, 0);
            if (other) value += load_part(other + whole, rest, 0);
            sum += value;
            store_part(yr + whole, value, rest);
        }
        const float mean = sum_lanes(sum) / (float)columns;

        f16x squares = broadcast(0);
        for (long i = 0; i < whole; i += WIDTH) {
            const f16x deviation = load(yr + i) - mean;
            squares = fma16(deviation, deviation, squares);
        }
        if (rest > 0) {
            const f16x deviation = load_part(yr + whole, rest, mean) - mean;
            squares = fma16(deviation, deviation, squares);
        }
        const float variance = sum_lanes(squares) / (float)columns;
        const float factor = 1.0f / __builtin_sqrtf(variance + epsilon);

        for (long i = 0; i < whole; i += WIDTH)
            store(yr + i, fma16((load(yr + i) - mean) * factor, load(gain + i), load(shift + i)));
        for (long i = whole; i < columns; i++) yr[i] = (yr[i] - mean) * factor * gain[i] + shift[i];
    }
}
