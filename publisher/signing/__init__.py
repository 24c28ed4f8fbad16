"""Signatures in the format of minisign, so that Debian's `minisign` and this program check each other's.

Pure: keys, random bytes and moments are given. Ed25519 comes from the extra `sign`; everything else is here.
"""
