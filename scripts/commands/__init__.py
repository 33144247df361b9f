"""One module for each command, imported only when it is asked for: run(args, words) gives the exit code."""
