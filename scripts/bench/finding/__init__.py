"""How well our search finds, beside Pagefind, with the texts themselves as the judge."""
