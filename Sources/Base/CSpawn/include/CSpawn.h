#ifndef CSPAWN_H
#define CSPAWN_H

#include <sys/types.h>

/// Starts a process that leads a group of its own, reads nothing, and heeds all signals.
///
/// words: the program's path and its arguments, ended by NULL; variables: its whole environment, "NAME=value", ended by NULL;
/// folder: where it works; output, errors: the descriptors of its standard output and standard error.
/// Returns 0, or the number of an error.
int cspawn_start(
    pid_t *pid, char *const words[], char *const variables[], const char *folder, int output, int errors);

#endif
