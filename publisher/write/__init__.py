"""The only door out: after `write_site` the folder holds exactly the site, or what it held before."""

from publisher.write.new import write_new
from publisher.write.site import Written, write_site

__all__ = ["Written", "write_new", "write_site"]
