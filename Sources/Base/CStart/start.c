// OpenBLAS makes a thread and its memory for each core when it is loaded, before anything of ours can tell it that one is
// enough, and tries without an end where the memory is not to be had (as under `ulimit -v`). So where the address space is
// limited the program starts again with a variable that tells it. Programs' own entries of .preinit_array run before the
// libraries' initializers.
#if defined(__linux__)

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char variable[] = "OPENBLAS_NUM_THREADS=";
static char one_thread[] = "OPENBLAS_NUM_THREADS=1";

// More than OpenBLAS asks for on a machine of sixty-four cores.
static const rlim_t enough = (rlim_t)8 << 30;

static void start_with_one_thread(int argc, char **argv, char **environment) {
    (void)argc;
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= enough) return;
    unsigned long count = 0;
    for (; environment[count]; count++)
        if (!strncmp(environment[count], variable, sizeof variable - 1)) return;
    char *extended[count + 2];
    memcpy(extended, environment, count * sizeof *environment);
    extended[count] = one_thread;
    extended[count + 1] = 0;
    // Returns only if it fails, and then everything goes on as it was.
    execve("/proc/self/exe", argv, extended);
}

__attribute__((section(".preinit_array"), used)) static void (*const first)(int, char **, char **) =
    start_with_one_thread;

#endif
