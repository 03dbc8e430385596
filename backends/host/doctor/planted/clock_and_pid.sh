# Prints the time and its process id.
echo $$
date +%N
