from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from jiedui.ui import navigation


class FiguresConfig(AppConfig):
    name = "jiedui.figures"
    verbose_name = "数字"

    def ready(self) -> None:
        from jiedui.figures import submission
        from jiedui.records import checks

        checks.register(submission.parts_within_wholes)
        navigation.register("figures:index", _("数字"), order=30, under=("/f/",))
