"""The second verifier on what came after the first release, from docs/release-format.md alone."""

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
SAME = ("contest", "root", "size")


def check_chain(
    documents: list[Row], digest: Callable[[Row], str], agree: Callable[[Any, str], None]
) -> None:
    """§11, the chain: each names the one before it and keeps what was corrected until then."""
    before: Row | None = None
    for document in documents:
        name = f"release {document['number']}"
        agree(document["previous"] == (digest(before) if before else None), name)
        if before is not None:
            agree(document["number"] > before["number"], name)
            agree(all(document[part] == before[part] for part in SAME), name)
            agree(document["round"]["commitment"] == before["round"]["commitment"], name)
            known = before.get("corrections", [])
            agree(document.get("corrections", [])[: len(known)] == known, name)
        before = document


def amendments(
    corrections: list[Row],
    commitment: Row,
    promised: str,
    digest: Callable[[bytes, Row], str],
    agree: Callable[[Any, str], None],
) -> dict[tuple[str, int], Row]:
    """{(group, place): the amendment in force}; the last of an item counts."""
    told = [one for correction in corrections for one in correction["keys"]]
    opened, salt = told, b""
    if told and "place" not in told[0]:
        opened, salt = commitment["amendments"], bytes.fromhex(commitment["secret"])
    found = {}
    for announced, made in zip(told, opened, strict=True):
        rest = {name: value for name, value in made.items() if name != "digest"}
        key = commitment["document"]["keys"][made["group"]][made["place"]]
        name = f"amendment of {made['group']}/{made['place']}"
        agree(announced["digest"] == digest(salt, rest), name)
        agree((made["commitment"], made["old"]) == (promised, key), name)
        found[made["group"], made["place"]] = made
    return found


def check_entries(
    corrections: list[Row],
    fates: dict[str, str],
    awarded: set[str],
    agree: Callable[[Any, str], None],
) -> None:
    acts = {one["leaf"]: one["act"] for made in corrections for one in made["entries"]}
    for leaf, act in acts.items():
        agree((fates[leaf] == "voided") == (act == "void"), f"fate of {leaf[:12]}")
    for made in corrections:
        for one in made["withdrawn"]:
            agree(one["leaf"] not in awarded, f"withdrawn prize of {one['leaf'][:12]}")
