import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0026_funds_fund"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
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
                ("category", models.CharField(max_length=40)),
                ("planned_on", models.CharField(max_length=40)),
                ("amount_fen", models.BigIntegerField()),
                ("nature", models.CharField(blank=True, max_length=40)),
                ("started_on", models.CharField(blank=True, max_length=40)),
                ("completed_on", models.CharField(blank=True, max_length=40)),
                ("document", models.CharField(blank=True, max_length=200)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("total_fen", models.BigIntegerField(blank=True, null=True)),
                ("implementer", models.CharField(blank=True, max_length=32)),
                ("content", models.CharField(blank=True, max_length=1000)),
                ("households", models.BigIntegerField(blank=True, null=True)),
                ("poverty", models.BigIntegerField(blank=True, null=True)),
                ("owner", models.CharField(blank=True, max_length=200)),
                ("counties", models.JSONField(blank=True, default=list)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
