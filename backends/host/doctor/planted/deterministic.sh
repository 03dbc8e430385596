# Prints the same always, out of several processes.
for word in b a c; do echo $word | tr a-z A-Z; done | sort
