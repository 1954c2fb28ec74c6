/* Counts what a process asks the system to change, once `fault_arm` was called, and has one of these steps go wrong.

   Preloaded into a Python that a test starts. A write is two steps: before it, and when half of it is done. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { NOTHING, KILLED, FULL };
static atomic_int kind = NOTHING;
static atomic_long wanted, steps;

void fault_arm(int what, long step) { steps = 0; wanted = step; kind = what; }
long fault_steps(void) { return steps; }

/* Whether the step is to fail: only what takes room does so, and from the wanted step on. */
static int fails(int takes_room) {
    if (kind == NOTHING) return 0;
    long now = ++steps;
    if (kind == KILLED && now == wanted) { kill(getpid(), SIGKILL); for (;;) pause(); }
    if (kind == FULL && now >= wanted && takes_room) { errno = ENOSPC; return 1; }
    return 0;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define CALL(takes_room, name, declared, given) \
    int name declared { REAL(name); return fails(takes_room) ? -1 : real given; }

CALL(1, mkdir, (const char *path, mode_t mode), (path, mode))
CALL(1, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode))
CALL(1, rename, (const char *from, const char *to), (from, to))
CALL(1, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))
CALL(1, link, (const char *from, const char *to), (from, to))
CALL(1, ftruncate, (int file, off_t size), (file, size))
CALL(0, fsync, (int file), (file))
CALL(0, unlink, (const char *path), (path))
CALL(0, unlinkat, (int folder, const char *path, int flags), (folder, path, flags))
CALL(0, rmdir, (const char *path), (path))
CALL(0, flock, (int file, int operation), (file, operation))
CALL(0, utimensat, (int folder, const char *path, const struct timespec times[2], int flags), (folder, path, times, flags))

#define OPEN(name, declared, given) \
    int name declared { \
        REAL(name); va_list rest; va_start(rest, flags); mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
        va_end(rest); return flags & O_CREAT && fails(1) ? -1 : real given; }

OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPEN(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))

ssize_t write(int file, const void *data, size_t size) {
    REAL(write);
    if (kind == NOTHING || size < 2) return real(file, data, size);
    if (fails(1)) return -1;
    ssize_t half = real(file, data, size / 2);
    if (half < 0 || fails(1)) return half;
    ssize_t rest = real(file, (const char *)data + half, size - half);
    return rest < 0 ? half : half + rest;
}
