# Prints the mode of a file that it makes.
: >made
stat -c %a made
rm made
