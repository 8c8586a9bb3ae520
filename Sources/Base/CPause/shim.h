// Tells the core that this thread only looks whether something has changed: its other thread gets the units meanwhile.
static inline void cpu_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
