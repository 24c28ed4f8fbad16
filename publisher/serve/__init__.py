"""The preview: the site on this machine alone, built anew when something changes."""

from publisher.serve.preview import serve

__all__ = ["serve"]
