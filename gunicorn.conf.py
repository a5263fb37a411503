"""Web server: a few processes with threads, because pages wait for the database more than they compute."""

import os

workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True  # the portal is imported once, its processes share that memory
bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")
timeout = 60
graceful_timeout = 5
keepalive = 5
max_requests = 5000  # a slow leak in a library never becomes an outage
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
control_socket_disable = True
accesslog = None
