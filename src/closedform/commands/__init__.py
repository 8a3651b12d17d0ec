"""The commands of the command line, a file each: ``run(args)`` gives the exit code."""
