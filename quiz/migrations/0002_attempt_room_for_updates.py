from django.db import migrations


class Migration(migrations.Migration):
    """Saves rewrite an attempt several times: room on the page keeps those updates on it (HOT)."""

    dependencies = [("quiz", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE quiz_attempt SET (fillfactor = 75)",
            "ALTER TABLE quiz_attempt RESET (fillfactor)",
        ),
    ]
