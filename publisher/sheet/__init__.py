"""The sign-off sheet: one page of HTML to print, with the results, what changes, and room for signatures.

It holds what is not public yet. It is no part of the site: it loads nothing and has a style of its own.
"""

from publisher.sheet.view import sheet_of

__all__ = ["sheet_of"]
