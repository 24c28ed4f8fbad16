"""What no program sees in a folder."""

from publisher.inspection.built import Built
from publisher.inspection.finding import Finding


def only_people_can_see(_: Built) -> Finding:
    """Wording, secrets, and whether visitors reach the site: named, so that nobody takes it for looked at."""
    return Finding("people", "none")
