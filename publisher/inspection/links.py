"""Links into the site: to pages, and to files that readers take away."""

from publisher.addresses import SUMS
from publisher.inspection.built import Built
from publisher.inspection.finding import Finding, Verdict


def links_lead_somewhere(built: Built) -> Finding:
    """To pages, places on pages, pictures and scripts."""
    dead = tuple(f"{path} → {target}" for path, target in built.dead if not is_attachment(target))
    seen = {"dead": len(dead), "all": sum(len(page.links) for page in built.seen.values())}
    return Finding("links", "deduct" if dead else "pass", seen, dead)


def attachments_are_there(built: Built) -> Finding:
    """Data files, documents and whatever else a page offers for taking away."""
    offered = {
        target
        for path, page in built.seen.items()
        for link in page.links
        if (target := built.target(path, link)[0]) and is_attachment(target)
    }
    gone = tuple(f"{path} → {target}" for path, target in built.dead if is_attachment(target))
    verdict: Verdict = "deduct" if gone else "pass" if offered else "none"
    return Finding("attachments", verdict, {"gone": len(gone), "all": len(offered)}, gone)


def is_attachment(target: str) -> bool:
    name = target.partition("#")[0].rpartition("/")[2]
    ending = name.rpartition(".")[2] if "." in name else ""
    return bool(ending) and ending not in {"html", "css", "js", "svg", "xml"} and name != SUMS
