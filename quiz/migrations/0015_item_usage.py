import django.db.models.deletion
from django.db import migrations, models


def note_frozen_pools(apps, schema_editor):
    """Items of rounds frozen before are in use too; their figures come with the next seal."""
    usages = apps.get_model("quiz", "ItemUsage").objects
    versions = apps.get_model("quiz", "ItemVersion").objects
    for pool in apps.get_model("quiz", "Pool").objects.iterator(chunk_size=20):
        wanted = {item["version"] for item in pool.document["items"]}
        stored = versions.filter(pk__in=wanted).values_list("pk", flat=True)
        usages.bulk_create(usages.model(pool=pool, version_id=version) for version in stored)


class Migration(migrations.Migration):
    dependencies = [
        ("quiz", "0014_item_import"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemUsage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("papers", models.PositiveIntegerField(default=0, verbose_name="số đề")),
                ("drawn", models.PositiveIntegerField(default=0, verbose_name="số đề có câu này")),
                (
                    "met",
                    models.PositiveIntegerField(default=0, verbose_name="số người gặp câu này"),
                ),
                (
                    "answered",
                    models.PositiveIntegerField(default=0, verbose_name="số người trả lời"),
                ),
                (
                    "not_reached",
                    models.PositiveIntegerField(default=0, verbose_name="số người chưa làm tới"),
                ),
                (
                    "correct",
                    models.PositiveIntegerField(default=0, verbose_name="số người trả lời đúng"),
                ),
                ("discrimination", models.FloatField(null=True, verbose_name="độ phân biệt")),
                (
                    "correlation",
                    models.FloatField(null=True, verbose_name="tương quan với phần còn lại"),
                ),
                ("choices", models.JSONField(default=list)),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usages",
                        to="quiz.pool",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="usages",
                        to="quiz.itemversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần dùng câu hỏi",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pool", "version"), name="one_usage_per_pool"
                    )
                ],
            },
        ),
        migrations.RunPython(note_frozen_pools, migrations.RunPython.noop, elidable=True),
    ]
