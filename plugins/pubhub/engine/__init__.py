"""Plan, render, emit: from the pages there are to the files of a site."""
