"""One user, `lab`, with the password from the Secret jupyterhub-login: for a cluster without other users."""

import os

c = get_config()  # noqa: F821

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.allowed_users = {"lab"}
c.SharedPasswordAuthenticator.user_password = os.environ["LOGIN_PASSWORD"]
