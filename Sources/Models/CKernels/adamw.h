void NAME(ck_adamw)(
    float *w, const float *g, float *m, float *v, long count, float gradient_scale, float decay,
    float share1, float beta2, float share2, float rate, float root, float epsilon) {
    // A moment that has faded so far moves no weight any more, and numbers below the normal range are slow.
    const float faded = 1e-30f;
    EACH_PART(
        count, const f16x gradient = (g ? PART(g, 0) : broadcast(0)) * gradient_scale; f16x first = PART(m, 0);
        f16x second = PART(v, 0); first = fma16(gradient - first, broadcast(share1), first);
        first = choose((first > faded) | (first < -faded), first, broadcast(0));
        second = fma16(gradient * share2, gradient, second * beta2);
        second = choose(second < faded * faded, broadcast(0), second);
        const f16x spread = __builtin_elementwise_sqrt(second) / root + epsilon; PUT(m, first); PUT(v, second);
        PUT(w, PART(w, 0) * decay - rate * first / spread))
}
