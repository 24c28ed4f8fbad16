"""What the hosts of static sites allow: the least of those that bureaus use."""

LONGEST = 200
"""Characters of a path: Windows has room for 260, and the folder that a site is put into needs some too."""
MEGABYTE = 1_000_000
LARGEST = 25
"""Megabytes of a file: the least that common hosts of static pages allow."""
MOST = 1_000
"""Megabytes of the site: what hosts of pages made from a repository allow."""
