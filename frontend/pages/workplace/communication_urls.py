"""Routes of communication plans, their tasks and reports."""

from django.urls import path

from frontend.pages.workplace import communication_evidence as evidence
from frontend.pages.workplace import communication_plans as plans
from frontend.pages.workplace import communication_tables as tables
from frontend.pages.workplace import communication_tasks as tasks

_ONE = "tap-huan/ke-hoach/<int:pk>/"
_TASK = "tap-huan/nhiem-vu/<int:pk>/"
communication_routes = [
    path("tap-huan/ke-hoach/", plans.plans, name="w-communication"),
    path("tap-huan/ke-hoach/moi/", plans.new_plan, name="w-communication-new"),
    path(_ONE, plans.plan, name="w-communication-plan"),
    path(f"{_ONE}sua/", plans.plan_form, name="w-communication-change"),
    path(f"{_ONE}sao-chep/", plans.copy, name="w-communication-copy"),
    path(f"{_ONE}xoa/", plans.delete, name="w-communication-delete"),
    path(f"{_ONE}bao-cao/", plans.report, name="w-communication-report"),
    path(f"{_ONE}nhap/", tables.load, name="w-communication-load"),
    path(f"{_ONE}mau.xlsx", tables.template, name="w-communication-template"),
    path(f"{_ONE}ke-hoach.xlsx", tables.exported, name="w-communication-export"),
    path(f"{_ONE}nhiem-vu/", tasks.new_task, name="w-communication-task-new"),
    path(_TASK, tasks.task, name="w-communication-task"),
    path(f"{_TASK}sua/", tasks.task_form, name="w-communication-task-change"),
    path(f"{_TASK}xoa/", tasks.delete, name="w-communication-task-delete"),
    path(f"{_TASK}minh-chung/", evidence.prove, name="w-communication-prove"),
    path(
        f"{_TASK}minh-chung/<int:evidence_pk>/bo/",
        evidence.take_back,
        name="w-communication-take-back",
    ),
    path(f"{_TASK}xac-nhan/", tasks.confirm, name="w-communication-confirm"),
    path(f"{_TASK}mo-lai/", tasks.reopen, name="w-communication-reopen"),
    path(f"{_TASK}ly-do/", evidence.explain, name="w-communication-explain"),
]
