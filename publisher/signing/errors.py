"""Why a key or a signature cannot be used.

SigningError
|-- KeyUnreadableError: no key of minisign
|-- WrongPasswordError: the password does not open the secret key
`-- ExtraMissingError: the extra `sign` is not installed
"""


class SigningError(Exception):
    """Something that a person can mend."""


class KeyUnreadableError(SigningError):
    """Not a key, or one of a kind that is not made any more."""


class WrongPasswordError(SigningError):
    """Or none given for a key that has one."""


class ExtraMissingError(SigningError):
    """`pip install "publisher[sign]"`."""
