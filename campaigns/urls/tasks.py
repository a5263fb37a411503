from django.urls import path

from campaigns.views import saved_views, task_board, task_bulk, task_files, task_moves, tasks

app_name = "tasks"
urlpatterns = [
    path("", tasks.task_list, name="list"),
    path("tai-ve/", tasks.export, name="export"),
    path("cach-xem/", saved_views.save, name="view_save"),
    path("cach-xem/<int:pk>/", saved_views.change, name="view_change"),
    path("cach-xem/<int:pk>/xoa/", saved_views.delete, name="view_delete"),
    path("hang-loat/", task_bulk.bulk, name="bulk"),
    path("bo-sung/<int:plan_pk>/", tasks.supplementary_new, name="supplementary_new"),
    path("minh-chung/<int:pk>/", task_files.evidence, name="evidence"),
    path("minh-chung/<int:pk>/anh-nho/", task_files.thumbnail, name="thumbnail"),
    path("gia-han/<int:pk>/", task_moves.decide_extension, name="decide_extension"),
    path("phoi-hop/<int:pk>/xong/", task_moves.part_done, name="part_done"),
    path("tien-do/<int:pk>/xac-nhan/", task_moves.confirm_entry, name="confirm_entry"),
    path("tien-do/<int:pk>/rut/", task_moves.withdraw_entry, name="withdraw_entry"),
    path("<int:pk>/", tasks.detail, name="detail"),
    path("<int:pk>/chuyen/", task_board.move, name="move"),
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
