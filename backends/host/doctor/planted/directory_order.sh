# Prints the names of the files here in the order they are read.
ls -U
