"""The extra `print`: notices as PDF, and share images. Without it the rest of the site is made all the same.

Facts and sanitised HTML of the pages become typed data, which the layouts of the theme, `print/*.typ`, make visible.
No text of a company or a bureau is ever read as source.
"""

from publisher.press.made import Pressed, available, printed_addresses, sheets

__all__ = ["Pressed", "available", "printed_addresses", "sheets"]
