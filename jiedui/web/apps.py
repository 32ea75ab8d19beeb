from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from jiedui.ui import navigation


class WebConfig(AppConfig):
    name = "jiedui.web"
    verbose_name = "工作台"

    def ready(self) -> None:
        navigation.register("web:home", _("看板"), order=10, under=("/board/",))
        navigation.register(
            "records:index", _("台账"), order=20, under=("/records/", "/registers/")
        )
        navigation.register("web:directory", _("目录"), order=90, under=("/pairings/", "/r/"))
