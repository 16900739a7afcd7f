"""Which items the analysis of a sealed round calls for a second look, for the bank's search."""

from django.db.models import QuerySet

from quiz.domain.item_reports import AnalysedItem, keys_of_pool
from quiz.engine.item_hints import FEW
from quiz.models import ItemUsage, ItemVersion, Pool

# The search looks at so many usages at once; a wide bank takes some tenths of a second.
CHUNK = 2000


def versions_to_check(*, among: QuerySet[ItemVersion]) -> list[int]:
    """The ids of those versions that a sealed round's figures hint at, by its own keys as amended.

    Only hints of a wrong key or an ambiguous sentence (`NEEDS_CHECKING`), not advice. A version
    written since is another one and has none.
    """
    told = ItemUsage.objects.told().filter(version__in=among.order_by().values("pk"))
    rows = told.filter(met__gte=FEW).select_related("version").order_by("pool_id")
    keys: dict[int, dict[int, int]] = {}
    found = set()
    for usage in rows.iterator(chunk_size=CHUNK):
        if usage.pool_id not in keys:
            pool = Pool.objects.select_related("key", "round").get(pk=usage.pool_id)
            keys = {usage.pool_id: keys_of_pool(pool)}
        mask = keys[usage.pool_id].get(usage.version_id, 0)
        if AnalysedItem(usage, usage.version, mask).needs_checking:
            found.add(usage.version_id)
    return sorted(found)
