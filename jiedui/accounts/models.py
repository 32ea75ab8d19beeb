"""Who signs in (用户), what each may do where (授权), and how many levels review a region's records."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.accounts.querysets import GrantQuerySet


class Role(models.TextChoices):
    """What a person does. The three administrators hold no grants and can post nothing."""

    ENTER = "enter", _("填报")
    REVIEW = "review", _("审核")
    FINAL = "final", _("复审")
    DISPATCH = "dispatch", _("调度")
    READ = "read", _("查阅")
    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDIT = "audit", _("审计管理员")


ADMINISTRATORS = (Role.SYSTEM, Role.SECURITY, Role.AUDIT)
BUSINESS_ROLES = (Role.ENTER, Role.REVIEW, Role.FINAL, Role.DISPATCH, Role.READ)


class Side(models.TextChoices):
    """From which side of a pairing a person looks."""

    WEST = "west", _("西部")
    EAST = "east", _("东部")


class UserManager(BaseUserManager["User"]):
    def create_user(
        self,
        username: str,
        password: str | None = None,
        *,
        name: str = "",
        office: str = "",
        administrator: str = "",
        must_change_password: bool = False,
    ) -> User:
        """A saved user; without a password nobody can sign in as them."""
        user = self.model(
            username=username,
            name=name,
            office=office,
            administrator=administrator,
            must_change_password=must_change_password,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in (用户); what they may do comes from grants, never from a flag here.

    ``administrator`` is one word, so nobody can hold two of the three (三权分立); its holder has no
    grants, and therefore sees no records and posts none.
    """

    username = models.CharField(_("用户名"), max_length=150, unique=True)
    name = models.CharField(_("姓名"), max_length=100, blank=True)
    office = models.CharField(_("单位"), max_length=200, blank=True)
    administrator = models.CharField(
        _("管理员"),
        max_length=10,
        blank=True,
        choices=[(role.value, role.label) for role in ADMINISTRATORS],
    )
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("须修改密码"), default=False)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    former_passwords = models.TextField(_("旧密码摘要"), blank=True)  # one a line, newest first

    kept_grants: list[Grant] | None = None
    """The grants as read in this request; scope fills it, and a new request has a new object."""

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    administrator__in=["", *(role.value for role in ADMINISTRATORS)]
                ),
                name="user_administrator_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username


class Grant(models.Model):
    """One right (授权): a role, from one side, in a region with all below it, in one book or all.

    West: records of the region. East: records of all pairings whose eastern side lies in the region.
    ``line`` narrows it to one line of work (条线).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("用户"))
    role = models.CharField(
        _("角色"), max_length=10, choices=[(role.value, role.label) for role in BUSINESS_ROLES]
    )
    side = models.CharField(_("一方"), max_length=4, choices=Side.choices, default=Side.WEST)
    region = models.BigIntegerField(_("区划代码"))
    book = models.CharField(_("账簿"), max_length=13, blank=True)
    line = models.CharField(_("条线"), max_length=40, blank=True)
    valid_from = models.DateField(_("起始日期"), null=True, blank=True)
    valid_to = models.DateField(_("截止日期"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("授权")
        verbose_name_plural = _("授权")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in BUSINESS_ROLES]),
                name="grant_role_known",
            ),
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="grant_side_known"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="grant_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.side} {self.region} {self.book} {self.line}".strip()


class ReviewLevels(models.Model):
    """How many people approve a record (审核级数) of a region and all below it that has no own rule."""

    region = models.BigIntegerField(_("区划代码"), unique=True)
    levels = models.PositiveSmallIntegerField(
        _("审核级数"), validators=[MinValueValidator(1), MaxValueValidator(2)]
    )

    class Meta:
        verbose_name = _("审核级数")
        verbose_name_plural = _("审核级数")
        constraints = [
            models.CheckConstraint(condition=models.Q(levels__in=[1, 2]), name="review_levels_1_2"),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.levels}"
