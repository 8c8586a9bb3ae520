// The kernels of a sparse pass for one number of models side by side; included once for each, with
// LANES_VECTOR their scores as one vector, LANES_MASK its integers, and LANES_NAME the kernels' names.

static void LANES_NAME(scores)(
    long rows, long ahead, const uint8_t *order, const long *offsets, const int32_t *columns, const double *values,
    const double *weights, const double *intercepts, double *scores) {
    const LANES_VECTOR *w = (const LANES_VECTOR *)weights;
    const LANES_VECTOR intercept = *(const LANES_VECTOR *)intercepts;
    LANES_VECTOR *z = (LANES_VECTOR *)scores;
    const long announced = ahead > 0 ? rows - ahead : 0;
    for (long k = 0; k < rows; k++) {
        if (k < announced)
            for (long i = offsets[k + ahead]; i < offsets[k + ahead + 1]; i++) __builtin_prefetch(w + columns[i]);
        LANES_VECTOR sum = intercept;
        for (long i = offsets[k]; i < offsets[k + 1]; i++) sum += values[i] * w[columns[i]];
        z[order[k]] = sum;
    }
}

static void LANES_NAME(sums)(
    long rows, long ahead, const uint8_t *order, const long *offsets, const int32_t *columns, const double *values,
    const double *residuals, double *sums, double *total) {
    const LANES_VECTOR *r = (const LANES_VECTOR *)residuals;
    LANES_VECTOR *g = (LANES_VECTOR *)sums;
    LANES_VECTOR all = *(LANES_VECTOR *)total;
    const long announced = ahead > 0 ? rows - ahead : 0;
    for (long k = 0; k < rows; k++) {
        if (k < announced)
            for (long i = offsets[k + ahead]; i < offsets[k + ahead + 1]; i++) __builtin_prefetch(g + columns[i], 1);
        const LANES_VECTOR residual = r[order[k]];
        all += residual;
        for (long i = offsets[k]; i < offsets[k + 1]; i++) g[columns[i]] += values[i] * residual;
    }
    *(LANES_VECTOR *)total = all;
}

// exp x for x <= 0, within 2 ulps; exp(-708) below that.
INLINE LANES_VECTOR LANES_NAME(exp)(LANES_VECTOR x) {
    const double lowest = -708.0;  // below, the result would be subnormal
    const double log2_e = 1.4426950408889634;
    // ln 2 in two parts; the first ends in zeros, so that its product with an exponent is exact (fdlibm's e_exp.c).
    const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
    const double round = 0x1.8p52;  // adding it leaves an integer in the low bits
    const LANES_MASK is_low = (LANES_MASK)(x < lowest);
    const LANES_VECTOR floor = (LANES_VECTOR){0} + lowest;
    x = (LANES_VECTOR)((is_low & (LANES_MASK)floor) | (~is_low & (LANES_MASK)x));
    // x = n ln 2 + r, exp x = 2^n exp r
    const LANES_VECTOR shifted = x * log2_e + round;
    const LANES_VECTOR n = shifted - round;
    const LANES_VECTOR r = x - n * ln2_high - n * ln2_low;
    // The Taylor series of degree 13, whose remainder is below 2^-57 for |r| <= ln 2 / 2; by Estrin's scheme, as the
    // lanes would wait for each step of Horner's.
    const LANES_VECTOR r2 = r * r, r4 = r2 * r2;
    const LANES_VECTOR p01 = r + 1.0;
    const LANES_VECTOR p23 = r * (1.0 / 6) + 1.0 / 2;
    const LANES_VECTOR p45 = r * (1.0 / 120) + 1.0 / 24;
    const LANES_VECTOR p67 = r * (1.0 / 5040) + 1.0 / 720;
    const LANES_VECTOR p89 = r * (1.0 / 362880) + 1.0 / 40320;
    const LANES_VECTOR pAB = r * (1.0 / 39916800) + 1.0 / 3628800;
    const LANES_VECTOR pCD = r * (1.0 / 6227020800) + 1.0 / 479001600;
    const LANES_VECTOR low = (p01 + r2 * p23) + r4 * (p45 + r2 * p67);
    const LANES_VECTOR high = (p89 + r2 * pAB) + r4 * pCD;
    const LANES_VECTOR p = low + (r4 * r4) * high;
    return p * (LANES_VECTOR)(((LANES_MASK)shifted + 1023) << 52);
}

static void LANES_NAME(sigmoid)(
    long rows, double *scores, const double *weights, double *linear, double *product) {
    LANES_VECTOR *z = (LANES_VECTOR *)scores;
    const LANES_VECTOR weight = *(const LANES_VECTOR *)weights;
    const LANES_VECTOR zero = {0}, one = zero + 1.0;
    LANES_VECTOR sum = zero, factor = one;
    for (long row = 0; row < rows; row++) {
        const LANES_VECTOR x = z[row];
        const LANES_MASK is_negative = (LANES_MASK)(x < 0.0);
        const LANES_VECTOR positive = (LANES_VECTOR)(~is_negative & (LANES_MASK)x);
        const LANES_VECTOR e = LANES_NAME(exp)((LANES_VECTOR)((LANES_MASK)x | INT64_MIN));  // of -|x|
        const LANES_VECTOR q = e + 1.0;
        factor *= q;
        sum += positive;
        // 1 / (1 + exp(-x)) is 1/q for x >= 0, e/q below
        const LANES_VECTOR top = (LANES_VECTOR)((is_negative & (LANES_MASK)e) | (~is_negative & (LANES_MASK)one));
        z[row] = weight * top / q;
    }
    *(LANES_VECTOR *)linear = sum;
    *(LANES_VECTOR *)product = factor;
}

static void LANES_NAME(hinge)(long rows, double *scores, const double *weights, double *losses) {
    LANES_VECTOR *z = (LANES_VECTOR *)scores;
    const LANES_VECTOR weight = *(const LANES_VECTOR *)weights;
    const LANES_VECTOR zero = {0};
    LANES_VECTOR sum = zero;
    for (long row = 0; row < rows; row++) {
        const LANES_VECTOR violation = z[row] + 1.0;
        const LANES_MASK is_beyond = (LANES_MASK)(violation <= 0.0);
        const LANES_VECTOR hinge = (LANES_VECTOR)(~is_beyond & (LANES_MASK)violation);
        const LANES_VECTOR weighted = weight * hinge;
        sum += weighted * hinge;
        z[row] = weighted + weighted;
    }
    *(LANES_VECTOR *)losses = sum;
}

#undef LANES_VECTOR
#undef LANES_MASK
#undef LANES_NAME
