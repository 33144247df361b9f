"""Print by Typst: HTML of ours to pages."""
