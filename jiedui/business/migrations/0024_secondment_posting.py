import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0023_work_visit"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Secondment",
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
                ("person", models.CharField(max_length=32)),
                ("direction", models.CharField(max_length=40)),
                ("host", models.CharField(blank=True, max_length=200)),
                ("start_on", models.CharField(max_length=40)),
                ("term_ends_on", models.CharField(blank=True, max_length=40)),
                ("left_on", models.CharField(blank=True, max_length=40)),
                ("batch", models.CharField(blank=True, max_length=20)),
                ("sender", models.CharField(blank=True, max_length=200)),
                ("concurrent", models.CharField(blank=True, max_length=200)),
                ("duties", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
