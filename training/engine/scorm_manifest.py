"""What a SCORM manifest says: version, titles, what is launched and what it asks for.

Read are the Content Aggregation Models of SCORM 1.2 and 2004. Sequencing of 2004 is not followed,
only noticed. Names of elements count without their namespaces: packages mix up the prefixes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

NAME = "imsmanifest.xml"
V12, V2004 = "1.2", "2004"
MOST_SCOS = 200
LONGEST_TITLE = 300
LONGEST_DATA = 4096
_SEQUENCING = ("sequencingRules", "rollupRules", "controlMode", "limitConditions")


class BadManifest(ValueError):
    """`code` says what is wrong, `values` where."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Sco:
    """Something to launch. `href` is inside the package and may carry a query; an asset (`is_sco`
    False) reports nothing and is done once it was opened. `mastery` is the score to pass: 0–100 of
    1.2, -1–1 of 2004.
    """

    id: str
    title: str
    href: str
    is_sco: bool = True
    mastery: float | None = None
    launch_data: str = ""


@dataclass(frozen=True)
class Manifest:
    version: str
    title: str
    scos: list[Sco] = field(default_factory=list)
    is_sequenced: bool = False

    def as_facts(self) -> dict[str, Any]:
        return asdict(self)


def read_manifest(root: Element, names: Iterable[str]) -> Manifest:
    """`names` are the parts of the package, relative to the manifest. Raises BadManifest."""
    if _local(root) != "manifest":
        raise BadManifest("scorm_no_manifest")
    version = _version(root)
    resources = _resources(root)
    organisation = _organisation(root)
    items = [] if organisation is None else list(_items(organisation))
    scos = [
        _sco(item, resources[item.get("identifierref", "")])
        for item in items
        if item.get("identifierref", "") in resources
    ]
    if not scos and resources:
        # Without organisation, a package is its first resource.
        first = next((each for each in resources.values() if each.href), None)
        scos = [Sco("RESOURCE", "", first.href, first.is_sco)] if first else []
    _require_launchable(scos, frozenset(names))
    title = _text(organisation, "title") or (scos[0].title if scos else "")
    return Manifest(version, title, scos, _is_sequenced(root))


def _require_launchable(scos: list[Sco], names: frozenset[str]) -> None:
    if not scos:
        raise BadManifest("scorm_nothing_to_launch")
    if len(scos) > MOST_SCOS:
        raise BadManifest("scorm_too_many", most=MOST_SCOS)
    for sco in scos:
        address = urlsplit(sco.href)
        if address.scheme or address.netloc or unquote(address.path) not in names:
            raise BadManifest("scorm_launch_missing", name=sco.href[:120])


@dataclass(frozen=True)
class _Resource:
    href: str
    is_sco: bool


def _version(root: Element) -> str:
    """By what the manifest declares, else by the namespaces that it uses."""
    metadata = _child(root, "metadata")
    said = _text(metadata, "schemaversion") if metadata is not None else ""
    spaces = {each.tag.partition("}")[0].lower() for each in root.iter() if "}" in str(each.tag)}
    attributes = {name.partition("}")[0].lower() for each in root.iter() for name in each.attrib}
    told = " ".join(spaces | attributes)
    if said.startswith("1.2") or (not said and "adlcp_rootv1p2" in told):
        return V12
    if said.startswith(("2004", "CAM 1.3", "1.3")) or (not said and "adlcp_v1p3" in told):
        return V2004
    raise BadManifest("scorm_version", version=said[:40] or "–")


def _resources(root: Element) -> dict[str, _Resource]:
    found: dict[str, _Resource] = {}
    base = _base(root)
    for resources in _children(root, "resources"):
        outer = urljoin(base, _base(resources))
        for each in _children(resources, "resource"):
            kind = next((v for k, v in each.attrib.items() if _bare(k).lower() == "scormtype"), "")
            href = each.get("href", "")
            full = urljoin(urljoin(outer, _base(each)), href) if href else ""
            found[each.get("identifier", "")] = _Resource(full, kind.lower() != "asset")
    return found


def _base(element: Element) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}base", "")


def _organisation(root: Element) -> Element | None:
    organisations = _child(root, "organizations")
    if organisations is None:
        return None
    found = list(_children(organisations, "organization"))
    wanted = organisations.get("default", "")
    return next((each for each in found if each.get("identifier") == wanted), None) or (
        found[0] if found else None
    )


def _items(element: Element) -> Iterator[Element]:
    for item in _children(element, "item"):
        if item.get("isvisible", "true") != "false" or item.get("identifierref"):
            yield item
        yield from _items(item)


def _sco(item: Element, resource: _Resource) -> Sco:
    if not resource.href:
        raise BadManifest("scorm_launch_missing", name=item.get("identifierref", "")[:120])
    return Sco(
        id=item.get("identifier", "")[:200],
        title=_text(item, "title")[:LONGEST_TITLE],
        href=resource.href + _parameters(resource.href, item.get("parameters", "")),
        is_sco=resource.is_sco,
        mastery=_mastery(item),
        launch_data=(_text(item, "datafromlms") or _text(item, "dataFromLMS"))[:LONGEST_DATA],
    )


def _parameters(href: str, told: str) -> str:
    """As the model joins them: “?a=1”, “&a=1” and “a=1” all mean one more parameter."""
    bare = told.lstrip("?&")
    if not bare or bare.startswith("#"):
        return bare
    return f"{'&' if '?' in href else '?'}{bare}"


def _mastery(item: Element) -> float | None:
    text = _text(item, "masteryscore")
    sequencing = _child(item, "sequencing")
    for each in sequencing.iter() if sequencing is not None and not text else ():
        if _local(each) == "primaryObjective" and each.get("satisfiedByMeasure") == "true":
            text = _text(each, "minNormalizedMeasure") or "1.0"
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _is_sequenced(root: Element) -> bool:
    return any(_local(each) in _SEQUENCING for each in root.iter())


def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def _local(element: Element) -> str:
    return _bare(str(element.tag))


def _children(element: Element, name: str) -> Iterator[Element]:
    return (each for each in element if _local(each) == name)


def _child(element: Element, name: str) -> Element | None:
    return next(_children(element, name), None)


def _text(element: Element | None, name: str) -> str:
    """The words of a child, on one line."""
    child = _child(element, name) if element is not None else None
    return " ".join("".join(child.itertext()).split()) if child is not None else ""
