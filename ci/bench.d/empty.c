// The yardstick of starting a program: the least a process can do.
int main(void) { return 0; }
