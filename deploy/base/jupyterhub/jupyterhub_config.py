"""The hub's settings. login.py has the users, singleuser.yaml the settings of their servers."""

import os
import sys
from pathlib import Path

import yaml

c = get_config()  # noqa: F821

c.JupyterHub.hub_bind_url = "http://:8081"
c.JupyterHub.hub_connect_url = "http://hub:8081"
c.JupyterHub.db_url = "sqlite:////srv/jupyterhub/jupyterhub.sqlite"
c.JupyterHub.cleanup_servers = False  # users' servers continue while the hub restarts
c.JupyterHub.last_activity_interval = 60
c.JupyterHub.tornado_settings = {"slow_spawn_timeout": 0}  # show the progress of a start at once

# The proxy is a pod of its own.
c.JupyterHub.proxy_class = "configurable-http-proxy"
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = "http://proxy-api:8001"

c.JupyterHub.spawner_class = "kubespawner.KubeSpawner"
here = Path(__file__).parent
settings = yaml.safe_load((here / "singleuser.yaml").read_text())
image = os.environ["SINGLEUSER_IMAGE"]
c.KubeSpawner.image = image
for container in settings["init_containers"]:
    container["image"] = image
for name, value in settings.items():
    setattr(c.KubeSpawner, name, value)

# Stops servers without activity.
culler = "jupyterhub-idle-culler"
c.JupyterHub.load_roles = [
    {
        "name": culler,
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": [culler],
    }
]
c.JupyterHub.services = [
    {
        "name": culler,
        "command": [
            sys.executable,
            "-m",
            "jupyterhub_idle_culler",
            f"--timeout={os.environ['CULL_TIMEOUT']}",
            f"--cull-every={os.environ['CULL_EVERY']}",
        ],
    }
]

c.JupyterHub.authenticator_class = "null"  # denies every login unless login.py sets another class
load_subconfig("login.py", path=str(here))  # noqa: F821
