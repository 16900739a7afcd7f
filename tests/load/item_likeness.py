"""Near repetitions in a large bank: how long, how many recognised, how many false alarms.

    python -m tests.load.item_likeness [--items 50000]

Compares a generated bank with itself as “Kiểm tra câu hỏi” does; then asks for the neighbours of
2,000 stems said another way (words replaced, an introduction, parts turned round, a letter left
out). Precision is told for a bank of 5,000 into which 500 such stems were planted: of the pairs
named, how many are the planted ones; the others differ in one thing, as “cấp” and “đổi”.
"""

import argparse
import sys
import time
from itertools import islice

from quiz.checks.likeness import LikenessIndex, gist, gist_of
from tests.load.item_bank import generate_items, paraphrases


def pairs_within(index: LikenessIndex[int], gists: list) -> set[tuple[int, int]]:
    return {
        (min(one, other), max(one, other))
        for one, of in enumerate(gists)
        for other, _likeness in index.near(of, but=one)
    }


def tell_time_and_recall(count: int) -> None:
    items = generate_items(count)
    began = time.process_time()
    gists = [gist_of(draft) for draft in items]
    index = LikenessIndex(enumerate(gists))
    pairs_within(index, gists)
    print(f"{count:,} items compared with each other: {time.process_time() - began:.1f} s of CPU")
    said = list(islice(paraphrases(items), 2000))
    found = sum(any(ref == place for ref, _l in index.near(gist(stem))) for place, stem in said)
    print(f"recall: {found / len(said):.3f} of {len(said):,} stems said otherwise")


def tell_precision() -> None:
    items = generate_items(5000)
    gists = [gist_of(draft) for draft in items]
    planted = set()
    for place, stem in islice(paraphrases(items), 500):
        planted.add((place, len(gists)))
        gists.append(gist(stem))
    found = pairs_within(LikenessIndex(enumerate(gists)), gists)
    print(f"{len(found):,} pairs named, {len(found & planted) / len(found):.2f} of them planted")
    print(f"planted pairs named: {len(found & planted) / len(planted):.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=50_000)
    options = parser.parse_args()
    tell_time_and_recall(options.items)
    tell_precision()
    return 0


if __name__ == "__main__":
    sys.exit(main())
