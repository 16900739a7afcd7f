"""A forger who rebuilds every hash, proof and root so that the bundle agrees with itself."""

import copy
import hashlib
import io
import zipfile
from typing import Any

from quiz.engine.canonical import canon
from tests.attacks.bundles import Files, pack
from tests.attacks.second_verifier import commitments, leaf_of, merkle, tag_hash

Row = dict[str, Any]


def rebuild(files: Files, *, rebind: bool = True) -> bytes:
    """Commitments, leaves, root, counts, fates, digest and manifest, all from what is there now.

    `rebind`: entries claim to have been made under the commitment as it is now.
    """
    release, commitment = files["release.json"], files["commitment.json"]
    if commitment["secret"] is not None:
        message = bytes.fromhex(commitment["secret"]) + canon(commitment["document"])
        release["round"]["commitment"] = tag_hash("commit", message).hex()
    renamed = {}
    for row in files["leaves.jsonl"]:
        before = row.pop("was", None) or leaf_of(row).hex()
        if rebind and "value" in row.get("opening", {}).get("round", {}):
            row["opening"]["round"]["value"] = release["round"]["commitment"]
        if "bounds" in row:
            inside = tag_hash("bounds", canon(commitments(row["bounds"])))
            row["opening"]["bounds"]["value"] = inside.hex()
        renamed[before] = leaf_of(row).hex()
    awards = files["awards.json"]
    for one in awards["awards"] + awards["skipped"]:
        one["leaf"] = renamed.get(one["leaf"], one["leaf"])
    for tie in awards["ties"]:
        tie["order"] = [renamed.get(leaf, leaf) for leaf in tie["order"]]
        if tie["method"] == "lot":
            seed = tie["seed"].encode()
            tie["order"].sort(
                key=lambda leaf, seed=seed: tag_hash("lot", seed + bytes.fromhex(leaf))
            )
    rows = files["leaves.jsonl"]
    release["root"] = root_of(rows)
    release["size"] = len(rows)
    release["counts"] = {
        fate: sum(row["fate"] == fate for row in rows) for fate in release["counts"]
    }
    letters = "".join(row["fate"][0] for row in rows)
    release["fates"] = tag_hash("fates", letters.encode()).hex()
    return pack(files)


def root_of(rows: list[Row]) -> str:
    return merkle([hashlib.sha256(b"\0" + leaf_of(row)).digest() for row in rows]).hex()


def naive(bundle: bytes, files: Files) -> bytes:
    """The changed content under the old manifest."""
    old = zipfile.ZipFile(io.BytesIO(bundle)).read("manifest.json")
    new = zipfile.ZipFile(io.BytesIO(pack(files)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in new.namelist():
            archive.writestr(name, old if name == "manifest.json" else new.read(name))
    return file.getvalue()


def remember(files: Files) -> Files:
    """A copy in which each row knows the leaf it had, for `rebuild` to rename."""
    copied = copy.deepcopy(files)
    for row in copied["leaves.jsonl"]:
        if "opening" in row:
            row["was"] = leaf_of(row).hex()
    return copied
