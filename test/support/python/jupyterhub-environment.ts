import { join } from "node:path";
import { pythonEnvironment } from "./python-environment.ts";

/** Returns the Python of an environment with JupyterHub, KubeSpawner, OAuthenticator and the culler. */
export const jupyterhubEnvironment = () =>
  pythonEnvironment("jupyterhub-hub", join(__dirname, "jupyterhub-hub.txt"));

/** Returns the Python of an environment for a user's server: JupyterLab, and JupyterHub's part of it. */
export const jupyterServerEnvironment = () =>
  pythonEnvironment("jupyterhub-server", join(__dirname, "jupyterhub-server.txt"));
