"""The preview: one process answers the browser, another keeps the site in memory and prints the pages that are asked for."""
