"""The only door out: after `write_site` the folder holds exactly the site, or what it held before."""

from publisher.write.beside import write_secret, write_signature
from publisher.write.fresh import Fresh, write_fresh
from publisher.write.new import write_new
from publisher.write.sealing import Additions, write_sealed
from publisher.write.several import trial, write_several
from publisher.write.site import Written, write_site
from publisher.write.stage import Standing

__all__ = [
    "Additions",
    "Fresh",
    "Standing",
    "Written",
    "trial",
    "write_fresh",
    "write_new",
    "write_sealed",
    "write_secret",
    "write_several",
    "write_signature",
    "write_site",
]
