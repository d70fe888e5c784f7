/* The smallest child: static, and gone at once. */
int main(void) { return 0; }
