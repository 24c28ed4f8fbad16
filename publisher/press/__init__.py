"""The extra `print`: notices as PDF, and share images. Without it the rest of the site is made all the same.

Facts and sanitised HTML of the pages become typed data, which the layouts of the theme, `print/*.typ`, make visible.
No text of a company or a bureau is ever read as source.
"""

from publisher.press.made import available, printed, printed_addresses

__all__ = ["available", "printed", "printed_addresses"]
