from django.urls import path

from campaigns.views import task_bulk, task_files, task_handover, task_moves, tasks, work_calendar

app_name = "tasks"
urlpatterns = [
    path("", tasks.task_list, name="list"),
    path("tai-ve/", tasks.export, name="export"),
    path("hang-loat/", task_bulk.bulk, name="bulk"),
    path("hang-loat/<int:pk>/", task_bulk.batch, name="batch"),
    path("hang-loat/<int:pk>/hoan-tac/", task_bulk.undo, name="batch_undo"),
    path("chuyen-giao/", task_handover.handover, name="handover"),
    path("lich-lam-viec/", work_calendar.calendar, name="calendar"),
    path("lich-lam-viec/<int:pk>/bo/", work_calendar.remove, name="calendar_remove"),
    path("bo-sung/<int:plan_pk>/", tasks.supplementary_new, name="supplementary_new"),
    path("minh-chung/<int:pk>/", task_files.evidence, name="evidence"),
    path("minh-chung/<int:pk>/anh-nho/", task_files.thumbnail, name="thumbnail"),
    path("gia-han/<int:pk>/", task_moves.decide_extension, name="decide_extension"),
    path("phoi-hop/<int:pk>/xong/", task_moves.part_done, name="part_done"),
    path("tien-do/<int:pk>/xac-nhan/", task_moves.confirm_entry, name="confirm_entry"),
    path("tien-do/<int:pk>/rut/", task_moves.withdraw_entry, name="withdraw_entry"),
    path("<int:pk>/", tasks.detail, name="detail"),
    path("<int:pk>/nhan/", task_moves.accept, name="accept"),
    path("<int:pk>/giao-lai/", task_moves.assign, name="assign"),
    path("<int:pk>/tra-lai/", task_moves.reasoned, {"act": "hand_back"}, name="hand_back"),
    path("<int:pk>/bao-cao/", task_moves.report, name="report"),
    path("<int:pk>/xac-nhan/", task_moves.plain, {"act": "confirm"}, name="confirm"),
    path("<int:pk>/lam-lai/", task_moves.reasoned, {"act": "redo"}, name="redo"),
    path("<int:pk>/tam-dung/", task_moves.reasoned, {"act": "pause"}, name="pause"),
    path("<int:pk>/lam-tiep/", task_moves.plain, {"act": "resume"}, name="resume"),
    path("<int:pk>/thu-hoi/", task_moves.reasoned, {"act": "withdraw"}, name="withdraw"),
    path("<int:pk>/nhac/", task_moves.remind, name="remind"),
    path("<int:pk>/gia-han/", task_moves.ask_extension, name="ask_extension"),
]
