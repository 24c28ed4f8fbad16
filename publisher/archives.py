"""Zip archives that somebody else made: opened only if packed as office programs pack, and what damaged ones raise."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, ArithmeticError, LookupError, ValueError, OSError)
"""What damaged archives and numbers in them raise; OSError cannot come from a disk here, all is in memory."""
_METHODS = frozenset({ZIP_STORED, ZIP_DEFLATED})


def archive(data: bytes) -> ZipFile:
    """BadZipFile if a part is packed otherwise: such packers raise errors of their own."""
    package = ZipFile(BytesIO(data))
    if any(one.compress_type not in _METHODS for one in package.infolist()):
        raise BadZipFile
    return package
