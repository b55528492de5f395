"""How gunicorn serves the archive; the address is given where it is called."""

import os

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
control_socket_disable = True
