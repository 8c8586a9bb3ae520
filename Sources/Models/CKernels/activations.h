// The functions, and their derivatives, of sixteen elements.

// erf x as x * P(x^2) / Q(x^2) on [-4, 4], beyond which erf is 1 in float32. Coefficients: XLA, EmitErfF32.
INLINE f16x erf16(f16x x) {
    static const float P[] = {
        -2.72614225801306e-10f, 2.77068142495902e-08f, -2.10102402082508e-06f, -5.69250639462346e-05f,
        -7.34990630326855e-04f, -2.95459980854025e-03f, -1.60960333262415e-02f};
    static const float Q[] = {
        -1.45660718464996e-05f, -2.13374055278905e-04f, -1.68282697438203e-03f, -7.37332916720468e-03f,
        -1.42647390514189e-02f};
    x = smaller(larger(x, broadcast(-4)), broadcast(4));
    const f16x square = x * x;
    f16x p = broadcast(P[0]), q = broadcast(Q[0]);
    for (int i = 1; i < 7; i++) p = fma16(p, square, broadcast(P[i]));
    for (int i = 1; i < 5; i++) q = fma16(q, square, broadcast(Q[i]));
    return x * p / q;
}

INLINE f16x gelu_erf16(f16x x) {
    const float half_root = 0.70710678f;  // 1 / sqrt 2
    const f16x half = 0.5f * x;
    const f16x y = fma16(half, erf16(x * half_root), half);
    return choose(x == x, y, x);
}

// (1 + tanh u) / 2 is 1 / (1 + exp(-2u)), which neither overflows nor cancels.
INLINE f16x gelu_tanh16(f16x x) {
    const float minus_two_root = -1.59576912f, cubic = 0.044715f;  // -2 sqrt(2 / pi)
    const f16x inner = x * fma16(broadcast(cubic), x * x, broadcast(1));
    return x / (1.0f + exp16(minus_two_root * inner));
}

INLINE f16x relu16(f16x x) { return choose(x < 0.0f, broadcast(0), x); }

INLINE f16x tanh16(f16x x) { return 2.0f / (1.0f + exp16(-2.0f * x)) - 1.0f; }

// Phi(x) + x phi(x), with the normal distribution's Phi(x) = (1 + erf(x / sqrt 2)) / 2 and phi(x) = exp(-x^2 / 2) / sqrt(2 pi).
INLINE f16x gelu_erf_slope16(f16x x) {
    const float half_root = 0.70710678f, density_at_0 = 0.39894228f;
    const f16x below = fma16(broadcast(0.5f), erf16(x * half_root), broadcast(0.5f));
    return fma16(x * density_at_0, exp16(-0.5f * x * x), below);
}

// With s = (1 + tanh u) / 2 = 1 / (1 + exp(-2u)): s + x s (1 - s) 2u'.
INLINE f16x gelu_tanh_slope16(f16x x) {
    const float two_root = 1.59576912f, cubic = 0.044715f;
    const f16x square = x * x;
    const f16x s = 1.0f / (1.0f + exp16(-two_root * x * fma16(broadcast(cubic), square, broadcast(1))));
    const f16x inner = two_root * fma16(broadcast(3 * cubic), square, broadcast(1));
    return fma16(x * inner, s * (1.0f - s), s);
}

INLINE f16x relu_slope16(f16x x) { return choose(x > 0.0f, broadcast(1), broadcast(0)); }

// Of the function's value y = tanh x.
INLINE f16x tanh_slope16(f16x y) { return fma16(-y, y, broadcast(1)); }

#define ACTIVATION(name, function)                                                                          \
    void NAME(name)(const float *x, long x_stride, float *y, long y_stride, long rows, long columns) {       \
        for (long r = 0; r < rows; r++, x += x_stride, y += y_stride) {                                       \
            long i = 0;                                                                                       \
            for (; i + WIDTH <= columns; i += WIDTH) store(y + i, function(load(x + i)));                      \
            const long rest = columns - i;                                                                    \
            if (rest > 0) store_part(y + i, function(load_part(x + i, rest, 0)), rest);                        \
        }                                                                                                     \
    }

#define SLOPE(name, function)                                                                               \
    void NAME(name)(const float *x, long x_stride, float *d, long d_stride, long rows, long columns) {       \
        for (long r = 0; r < rows; r++, x += x_stride, d += d_stride) {                                       \
            long i = 0;                                                                                       \
            for (; i + WIDTH <= columns; i += WIDTH) store(d + i, load(d + i) * function(load(x + i)));        \
            const long rest = columns - i;                                                                    \
            if (rest > 0)                                                                                     \
                store_part(d + i, load_part(d + i, rest, 0) * function(load_part(x + i, rest, 0)), rest);      \
        }                                                                                                     \
    }

ACTIVATION(ck_gelu_erf, gelu_erf16)
ACTIVATION(ck_gelu_tanh, gelu_tanh16)
ACTIVATION(ck_relu, relu16)
ACTIVATION(ck_tanh, tanh16)
SLOPE(ck_gelu_erf_backward, gelu_erf_slope16)
SLOPE(ck_gelu_tanh_backward, gelu_tanh_slope16)
SLOPE(ck_relu_backward, relu_slope16)
SLOPE(ck_tanh_backward, tanh_slope16)

void NAME(ck_exp)(float *x, long count) {
    long i = 0;
    for (; i + WIDTH <= count; i += WIDTH) store(x + i, exp16(load(x + i)));
    if (i < count) store_part(x + i, exp16(load_part(x + i, count - i, 0)), count - i);
}
