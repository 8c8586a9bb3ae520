void NAME(ck_softmax_rows)(float *x, long rows, long columns, long stride, float scale) {
    const float nothing = -__builtin_inff();  // exp of it adds 0 to the sum
    const long whole = columns / WIDTH * WIDTH, rest = columns - whole;
    for (long r = 0; r < rows; r++, x += stride) {
        f16x best = broadcast(nothing);
        if (rest > 0) {
            best = keep_first(load(x + whole) * scale, rest, nothing);
            store(x + whole, keep_first(load(x + whole), rest, 0));
        }
        for (long i = 0; i < whole; i += WIDTH) best = larger(best, load(x + i) * scale);
        const float top = largest_lane(best);

        f16x sum = broadcast(0);
        for (long i = 0; i < columns; i += WIDTH) {
            f16x e = exp16(load(x + i) * scale - top);
            if (i == whole) e = keep_first(e, rest, 0);
            sum += e;
            store(x + i, e);
        }
        const float factor = 1.0f / sum_lanes(sum);
        for (long i = 0; i < columns; i += WIDTH) store(x + i, load(x + i) * factor);
    }
}

void NAME(ck_softmax_backward_rows)(
    const float *p, long p_stride, float *d, long d_stride, long rows, long columns, float scale) {
    for (long r = 0; r < rows; r++, p += p_stride, d += d_stride) {
        f16x sum = broadcast(0);
        EACH_PART(columns, sum = fma16(PART(p, 0), PART(d, 0), sum))
        const float mean = sum_lanes(sum);
        EACH_PART(columns, PUT(d, PART(p, 0) * (PART(d, 0) - mean) * scale))
    }
}
