// The folder of a process that is spawned is an extension of the GNU C library, 2.29 and later, which Swift does not see.
#define _GNU_SOURCE

#include "CSpawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

int cspawn_start(
    pid_t *pid, char *const words[], char *const variables[], const char *folder, int output, int errors) {
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    posix_spawnattr_t attributes;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    // What this process blocks or ignores is neither blocked nor ignored there.
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    if (!(error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0))
        && !(error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO))
        && !(error = posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO))
        && !(error = posix_spawn_file_actions_addchdir_np(&actions, folder))
        && !(error = posix_spawnattr_setsigdefault(&attributes, &all))
        && !(error = posix_spawnattr_setsigmask(&attributes, &none))
        && !(error = posix_spawnattr_setpgroup(&attributes, 0))
        && !(error = posix_spawnattr_setflags(
                 &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)))
        error = posix_spawn(pid, words[0], &actions, &attributes, words, variables);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}
