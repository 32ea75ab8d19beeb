import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0019_work_document"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="records.record",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("founded_on", models.CharField(max_length=40)),
                ("batch", models.CharField(blank=True, max_length=20)),
                ("teams", models.JSONField(blank=True, default=list)),
                ("leader", models.CharField(blank=True, max_length=32)),
                ("dissolved_on", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
