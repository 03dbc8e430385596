# Prints the id of the shell and of a child that it started.
sh -c 'echo $$' >child &
wait
echo $$ $!
cat child
rm child
