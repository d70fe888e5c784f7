/* libvterm with its screen layer, 80x24, damage merged by scroll. Prints megabytes per CPU second. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <vterm.h>

static int scrolled_off(int columns, VTermScreenCell const *cells, void *count)
{
    (void)cells;
    *(long *)count += columns;
    return 1;
}

int main(int argc, char **argv)
{
    FILE *const file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file)
        return 2;
    static char bytes[64 << 20];
    size_t const size = fread(bytes, 1, sizeof bytes, file);
    VTermScreenCallbacks const callbacks = {.sb_pushline = scrolled_off};
    long history = 0;
    VTerm *const terminal = vterm_new(24, 80);
    vterm_set_utf8(terminal, 1);
    VTermScreen *const screen = vterm_obtain_screen(terminal);
    vterm_screen_set_callbacks(screen, &callbacks, &history);
    vterm_screen_enable_altscreen(screen, 1);
    vterm_screen_set_damage_merge(screen, VTERM_DAMAGE_SCROLL);
    vterm_screen_reset(screen, 1);
    clock_t const start = clock();
    for (size_t at = 0; at < size; at += 65536)
        vterm_input_write(terminal, bytes + at, size - at < 65536 ? size - at : 65536);
    vterm_screen_flush_damage(screen);
    double const seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("%.2f\n", (double)size / 1e6 / seconds);
    vterm_free(terminal);
    return 0;
}
