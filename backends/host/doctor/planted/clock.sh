# Prints the time, out of a pipe.
date +%N | cat
