# Prints a fresh name and some bytes of the device file.
mktemp -u XXXXXXXXXX
od -An -N 8 -t x1 /dev/urandom
