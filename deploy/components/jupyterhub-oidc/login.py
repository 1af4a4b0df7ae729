"""Login by OpenID Connect, with the settings of oidc.yaml and the client's secret in OAUTH_CLIENT_SECRET."""

from pathlib import Path

import yaml

c = get_config()  # noqa: F821

c.JupyterHub.authenticator_class = "generic-oauth"
for name, value in yaml.safe_load(Path(__file__).with_name("oidc.yaml").read_text()).items():
    setattr(c.GenericOAuthenticator, name, value)
