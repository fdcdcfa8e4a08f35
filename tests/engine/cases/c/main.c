/* Macros, branches of the preprocessor, function pointers, structures, loops and jumps: each role of the language. */
#include <stdio.h>
#include "local.h"

#define RUN eval
#define JOIN(a, b) a " " b
#define MANY (1 << 4)
#if MANY > 8
#define COMMAND "sort"
#else
#define COMMAND "sort -r"
#endif

typedef struct job {
    const char *name;
    int (*run)(const char *);
} job_t;
enum level { LOW, HIGH = 5 };
static const char *const names[] = {"a", L"b", u8"c"};
static struct job first = {.name = "first", .run = RUN};
unsigned long total = 0x1Ful, mask = 0b101u;

static int twice(int n) { return n * 2; }

int (*picked)(const char *) = eval;

void literals(const char *text) {
    eval("constant");
    eval(COMMAND);  // expect: code
    eval(JOIN("a", "b"));  // expect: code
    eval(text);  // expect: code
    first.run(text);  // expect: code
    picked(text);  // expect: code
    job_t second = (job_t){.name = text, .run = eval};
    second.run(second.name);  // expect: code
}

void flow(const char *text, int n, char *argv[]) {
    char line[80] = "", *p = line;
    int i, sum = 0;
    for (i = 0; i < n; i++) {
        sum += twice(i);
        if (sum > MANY) break;
    }
    while (n--) continue;
    do { sum--; } while (sum > 0);
    switch (n) {
    case LOW: p = "low"; break;
    case HIGH: eval(text); break;  // expect: code
    default: p = names[0];
    }
    eval(p ? p : "none");
    if (!text) goto done;
    else if (sizeof(line) > 8) eval(argv[1]);  // expect: code
    sum = (i, n);
    *p = 'x';
    line[0] = '\0';
done:
    eval(text);  // expect: code
    return;
}

void outside(void) {
    char query[99];
    danger.run(web.request.args);  // expect: to-shell
    sprintf(query, "select %s", web.request.args);
    db.execute(query);  // expect: sql
    snprintf(query, sizeof query, "select %d", atoi("7"));
    db.execute(query);
    web.read_into(query);
    danger.run(query);  // expect: to-shell
    settings.debug = 1;  // expect: debug
    settings.debug = 0;
}
