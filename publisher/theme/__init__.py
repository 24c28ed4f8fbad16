"""The bureau's own templates: what is wrong in them, and how much a page of theirs may print."""
