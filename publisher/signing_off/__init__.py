"""`publisher sign-off`: what a clerk puts into the bureau's file when somebody has signed, and how it is put there."""

from publisher.signing_off.filed import Left, by_hand, written
from publisher.signing_off.lines import Signing, SignLines, lines_to_paste, signing_of

__all__ = ["Left", "SignLines", "Signing", "by_hand", "lines_to_paste", "signing_of", "written"]
