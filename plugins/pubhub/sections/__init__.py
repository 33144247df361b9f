"""Section indexes, item pages, reader paths and the home page."""
