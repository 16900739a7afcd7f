import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def describe_pictures(apps, schema_editor):
    """Pictures of materials without words get their material's title, the least that is true."""
    materials = apps.get_model("training", "Material").objects.filter(file=OuterRef("pk"))
    title = Subquery(materials.order_by("pk").values("title")[:1])
    pictures = apps.get_model("training", "TrainingFile").objects.filter(kind="image", alt="")
    pictures.filter(materials__isnull=False).update(alt=title)


class Migration(migrations.Migration):
    dependencies = [
        ('training', '0018_communication_plan'),
    ]

    operations = [
        migrations.CreateModel(
            name='MaterialSubtitles',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10, verbose_name='ngôn ngữ')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.trainingfile')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subtitles', to='training.material')),
            ],
            options={
                'verbose_name': 'phụ đề của tài liệu',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('material', 'language'), name='one_subtitles_per_language')],
            },
        ),
        migrations.RunPython(describe_pictures, migrations.RunPython.noop, elidable=True),
    ]
